import type { MembersAnswer } from '#shared/api/campaigns.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { count, countOf } from '../../numbers.ts';
import { Note } from '../../parts/note.tsx';

type MembersResultProps = {
  readonly done: MembersAnswer;
  readonly campaign: string;
  readonly crm: string;
  readonly connectionId: string;
};

/** What making people members of a campaign did: how many, who was left out, and why somebody failed. */
export function MembersResult({ done, campaign, crm, connectionId }: MembersResultProps) {
  const { added, already, notThere, suppressed, failed, failures } = done;
  return (
    <div class="stack" role="status">
      <Note
        tone={failed > 0 ? 'warn' : 'ok'}
        icon={failed > 0 ? 'warn' : 'check'}
        fact={`${countOf(added, 'person', 'people')} added to ${campaign}.`}
      >
        {restWords({ already, suppressed, failed })} {added > 0 && 'Timelines show it after the next run.'}
      </Note>
      {notThere > 0 && (
        <p class="small dim">
          {countOf(notThere, 'person is', 'people are')} not in {crm} yet, and so {notThere === 1 ? 'is no member' : 'are no members'}.{' '}
          <a href={hrefOf('connections', [connectionId, 'scope'])}>Who is made in {crm}</a>
        </p>
      )}
      {failures.map(({ kind, code, message, count: number, people }) => (
        <div key={`${kind} ${code} ${message}`} class="small">
          <p>
            <b>{countOf(number, 'person', 'people')}:</b> {reasonWords(kind, message || code, crm)}
          </p>
          <p class="faint">
            {people.map(({ leadId, name }, index) => (
              <>
                {index > 0 && ', '}
                <a href={hrefOf('leads', [leadId])}>{name || 'A lead'}</a>
              </>
            ))}
            {number > people.length && ` and ${count(number - people.length)} more`}
          </p>
        </div>
      ))}
    </div>
  );
}

function restWords({ already, suppressed, failed }: Pick<MembersAnswer, 'already' | 'suppressed' | 'failed'>): string {
  const parts = [
    ...(already > 0 ? [`${count(already)} ${already === 1 ? 'was a member' : 'were members'} already.`] : []),
    ...(suppressed > 0 ? [`${count(suppressed)} ${suppressed === 1 ? 'has' : 'have'} opted out: left out.`] : []),
    ...(failed > 0 ? [`${count(failed)} failed.`] : []),
  ];
  return parts.join(' ');
}

/** Why somebody could not be added: a sentence after "3 people:". */
export function reasonWords(kind: string, told: string, crm: string): string {
  switch (kind) {
    case 'gone':
      return `no longer in ${crm}. The next run notices it.`;
    case 'scope':
      return `${crm} does not let whoever connected do that. A right on campaigns is missing.`;
    case 'ambiguous':
      return `${crm} took it, and its answer was lost. Add them again: who is a member stays as they are.`;
    case 'lock':
    case 'rate_burst':
    case 'transient':
      return `${crm} was busy. Add them again in a minute.`;
    default:
      return `${crm} says: “${told}”`;
  }
}
