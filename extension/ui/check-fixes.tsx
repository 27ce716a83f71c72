import type { PlanView, TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { countryChoices } from './country-choices.ts';
import { countOf } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { Select } from './parts/select.tsx';
import type { FilterEntry } from './problem-filter.tsx';

/** Problems that a country for phones without one can mend. */
const PHONE_PROBLEMS: readonly string[] = ['phone_invalid', 'phone_doubtful'];

type CheckFixesProps = { readonly draft: TableDraft; readonly plan: PlanView; readonly chosen: FilterEntry; readonly flow: ImportFlow };

/** What mends many rows at once, beside the problem it mends. */
export function CheckFixes({ draft, plan, chosen, flow }: CheckFixesProps) {
  const isAboutPhones = PHONE_PROBLEMS.includes(chosen.problem?.code ?? '');
  const isInvalid = chosen.problem?.severity === 'error' || chosen.filter.show === 'all';
  return (
    <>
      {plan.reachableWouldKeep > 0 && isInvalid && <UseReachable rows={plan.reachableWouldKeep} flow={flow} />}
      {isAboutPhones && <PhoneCountry country={draft.policy.defaultCountry} flow={flow} />}
    </>
  );
}

/** Keeps rows that lack a field: a rule asks for less. */
function UseReachable({ rows, flow }: { readonly rows: number; readonly flow: ImportFlow }) {
  return (
    <div class="fixbar">
      <div class="fix-words">
        <p class="strong">{countOf(rows, 'invalid row')} can be kept</p>
        <p class="dim">They have a name and one way to reach the person. “Reachable” asks for no more than that.</p>
      </div>
      <Button look="tonal" onClick={() => void flow.send({ kind: 'policyChanged', policy: { require: 'reachable' } })}>
        Use Reachable
      </Button>
    </div>
  );
}

/** Reads the phones that name no country by another one. */
function PhoneCountry({ country, flow }: { readonly country: string; readonly flow: ImportFlow }) {
  return (
    <div class="fixbar">
      <div class="fix-words">
        <p class="strong">In which country are these phones?</p>
        <p class="dim">Numbers with + or 00 are read as they are; the others by this country.</p>
      </div>
      <Select
        name="Country of phones without one"
        value={country}
        choices={countryChoices()}
        onChoose={(defaultCountry) => void flow.send({ kind: 'policyChanged', policy: { defaultCountry } })}
      />
    </div>
  );
}
