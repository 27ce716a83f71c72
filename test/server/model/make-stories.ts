import fc from 'fast-check';
import {
  type Answer,
  CITIES,
  COMPANIES,
  type Command,
  EMAILS,
  ENTRIES,
  type Field,
  LISTS,
  NAMES,
  PHONES,
  type Policy,
  PROFILES,
  type Story,
  TAGS,
  type Values,
} from './words.ts';

/** One of the values, or none; `none` times as often as one. */
const maybe = (values: readonly string[], none: number) =>
  fc.oneof({ weight: none, arbitrary: fc.constant(undefined) }, { weight: 4, arbitrary: fc.constantFrom(...values) });
const rarely = (values: readonly string[]) => maybe(values, 16);
const often = (values: readonly string[]) => maybe(values, 1);
const number = fc.nat(5);
const list = fc.nat(LISTS.length - 1);
const OVERWRITTEN = ['companyName', 'email', 'phone', 'tags', 'custom:City'] as const satisfies readonly Field[];

export const person: fc.Arbitrary<Values> = fc
  .record({
    name: fc.constantFrom(...NAMES),
    email: often(EMAILS),
    phone: often(PHONES),
    altEmail1: rarely(EMAILS),
    altPhone1: rarely(PHONES),
    companyName: often(COMPANIES),
    linkedinUrl: rarely(PROFILES),
    tags: rarely(TAGS),
    'custom:City': rarely(CITIES),
  })
  .map(({ name, ...rest }) => toValues({ firstName: name[0], lastName: name[1], ...rest }));

/** Blank values are no values. An alternate beside nothing, or the same as the first, would be moved or dropped by the checks. */
function toValues({ altEmail1, altPhone1, ...values }: { readonly [F in Field]?: string | undefined }): Values {
  const { email, phone } = values;
  const all = {
    ...values,
    ...(email && altEmail1 !== email ? { altEmail1 } : {}),
    ...(phone && altPhone1 !== phone ? { altPhone1 } : {}),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)); // keys are fields
}

export const policy: fc.Arbitrary<Policy> = fc.record({
  onDuplicate: fc.constantFrom('skip', 'fill', 'overwrite', 'create'),
  scope: fc.constantFrom('list', 'list', 'workspace'),
  require: fc.constantFrom('reachable', 'reachable', 'complete'),
  overwriteFields: fc.uniqueArray(fc.constantFrom(...OVERWRITTEN), { minLength: 1, maxLength: 3 }),
});
const answer: fc.Arbitrary<Answer> = fc.constantFrom('create', 'same', 'skip');
export const people = fc.array(fc.oneof({ weight: 12, arbitrary: person }, { weight: 1, arbitrary: fc.constant({}) }), {
  minLength: 1,
  maxLength: 5,
});

const anImport: fc.Arbitrary<Command> = fc.record(
  {
    kind: fc.constant('import' as const),
    how: fc.constantFrom('plan', 'plan', 'file', 'rows', 'api'),
    list,
    people,
    policy,
    answer,
  },
  { requiredKeys: ['kind', 'how', 'list', 'people', 'policy'] },
);
/** What a change by hand sets or clears. */
const patch = fc.oneof(
  fc.record({ companyName: fc.constantFrom('', 'Mine') }),
  fc.record({ email: fc.constantFrom(...EMAILS) }),
  fc.record({ phone: fc.constantFrom('', ...PHONES) }),
  fc.record({ 'custom:City': fc.constantFrom('', 'Oslo') }),
);
const afterwards: readonly fc.WeightedArbitrary<Command>[] = [
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('undo' as const), at: number }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again' as const), at: number }) },
  {
    weight: 4,
    arbitrary: fc.record(
      { kind: fc.constant('decide' as const), at: number, as: answer, row: fc.oneof(fc.constant('all' as const), fc.nat(2)), lead: number },
      { requiredKeys: ['kind', 'at', 'as', 'row'] },
    ),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('edit' as const), at: number, patch }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('place' as const, 'unplace' as const), at: number, list }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('tag' as const, 'untag' as const), at: number, tag: fc.constantFrom(...TAGS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), at: number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('addList' as const, 'dropList' as const), list }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('renameList' as const), list, to: list }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('suppress' as const, 'unsuppress' as const), entry: fc.nat(ENTRIES.length - 1) }),
  },
];

/** Three to eight commands, imports the most frequent. */
export function stories(withRestarts: boolean): fc.Arbitrary<Story> {
  const restart = { weight: withRestarts ? 3 : 0, arbitrary: fc.constant<Command>({ kind: 'restart' }) };
  const command = fc.oneof({ weight: 12, arbitrary: anImport }, ...afterwards, restart);
  return fc.array(command, { minLength: 3, maxLength: 8, size: 'max' });
}
