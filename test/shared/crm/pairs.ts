import type { FieldPair } from '../../../shared/crm/record.ts';

/** A pair of text fields that travels both ways, with what a test wants otherwise. */
export function pair(rest: Partial<FieldPair> = {}): FieldPair {
  return {
    id: 'a',
    type: 'contact',
    local: { kind: 'field', id: 'jobTitle' },
    remote: 'jobtitle',
    label: 'Job title',
    valueType: 'text',
    direction: 'both',
    rule: 'crm',
    trouble: null,
    ...rest,
  };
}

/** Values of the pair `a`; '' = blank. */
export function only(value: string): ReadonlyMap<string, string> {
  return value === '' ? new Map() : new Map([['a', value]]);
}
