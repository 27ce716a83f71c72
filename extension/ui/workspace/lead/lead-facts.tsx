import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import { FIELDS, type TextFieldId } from '#shared/lead/fields.ts';
import { day } from '../../numbers.ts';
import { sourceName } from '../import-name.ts';
import type { LeadEdits } from '../leads/use-edits.ts';
import { Fact } from './fact.tsx';

type LeadFactsProps = {
  readonly lead: LeadAnswer;
  /** In ms. */
  readonly now: number;
  /** Null for a viewer. */
  readonly edits: LeadEdits | null;
};

const REACH = ['email', 'phone', 'altPhone1', 'altPhone2', 'altPhone3', 'altEmail1', 'altEmail2', 'altEmail3', 'linkedinUrl'] as const;
const ABOUT = ['firstName', 'lastName', 'companyName', 'jobTitle'] as const;
/** Shown blank too, since one looks for them; the others only where they hold something or are being filled. */
const ALWAYS: ReadonlySet<TextFieldId> = new Set(['email', 'phone', 'linkedinUrl', 'firstName', 'lastName', 'companyName', 'jobTitle']);

/** Everything the workspace knows about a lead; each value is changed where it stands. */
export function LeadFacts({ lead, now, edits }: LeadFactsProps) {
  const fact = (field: TextFieldId, kind: 'text' | 'long' = 'text') => (
    <Fact
      key={field}
      label={FIELDS[field].label}
      kind={kind}
      lead={lead}
      edits={edits}
      read={(other) => other[field] ?? ''}
      patchOf={(text) => ({ [field]: text })}
    />
  );
  const nextFree = REACH.find((field) => field.startsWith('altPhone') && lead[field] === undefined);
  const nextEmail = REACH.find((field) => field.startsWith('altEmail') && lead[field] === undefined);
  const isShown = (field: TextFieldId) =>
    ALWAYS.has(field) || lead[field] !== undefined || (edits !== null && (field === nextFree || field === nextEmail));
  return (
    <div class="stack stack-6">
      <section class="sect">
        <h3>Reach</h3>
        <dl class="facts">{REACH.filter(isShown).map((field) => fact(field))}</dl>
      </section>
      <section class="sect ruled">
        <h3>About</h3>
        <dl class="facts">
          {ABOUT.filter(isShown).map((field) => fact(field))}
          <Fact
            label="Owner"
            kind="owner"
            lead={lead}
            edits={edits}
            blank="nobody"
            shownAs={(other) => other.owner?.name || other.owner?.email || ''}
            read={(other) => other.owner?.email ?? ''}
            patchOf={(ownerEmail) => ({ ownerEmail })}
          />
          <Fact
            label="Tags"
            kind="text"
            lead={lead}
            edits={edits}
            read={(other) => other.tags.join('; ')}
            patchOf={(text) => ({ tags: tagsOf(text) })}
          />
          {fact('notes', 'long')}
        </dl>
      </section>
      {lead.customFields.length > 0 && (
        <section class="sect ruled">
          <h3>Custom fields</h3>
          <dl class="facts">
            {lead.customFields.map(({ label }, index) => (
              <Fact
                // Labels may repeat in what others send; the place does not.
                key={`${index} ${label}`}
                label={label}
                kind="text"
                lead={lead}
                edits={edits}
                read={(other) => other.customFields.find((custom) => custom.label === label)?.value ?? ''}
                patchOf={(value) => ({
                  customFields: lead.customFields
                    .map((custom) => (custom.label === label ? { ...custom, value } : custom))
                    .filter((custom) => custom.value !== ''),
                })}
              />
            ))}
          </dl>
        </section>
      )}
      <section class="sect ruled">
        <h3>In this workspace</h3>
        <dl class="facts">
          <dt>Source</dt>
          <dd>{sourceName(lead.source)}</dd>
          <dt>Since</dt>
          <dd>{day(Date.parse(lead.createdAt), now)}</dd>
          <dt>Last change</dt>
          <dd>{day(Date.parse(lead.updatedAt), now)}</dd>
        </dl>
      </section>
    </div>
  );
}

function tagsOf(text: string): readonly string[] {
  return text
    .split(/[;,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
