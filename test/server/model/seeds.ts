import type { Policy, Story, Values } from './words.ts';

const POLICY: Policy = { onDuplicate: 'skip', scope: 'list', require: 'reachable', overwriteFields: ['companyName'] };
const sent = (
  how: 'plan' | 'file' | 'rows' | 'api',
  people: readonly Values[],
  rest: { policy?: Partial<Policy>; list?: number; answer?: 'create' } = {},
) =>
  ({
    kind: 'import',
    how,
    list: rest.list ?? 0,
    people,
    policy: { ...POLICY, ...rest.policy },
    ...(rest.answer ? { answer: rest.answer } : {}),
  }) as const;
const PHONE = '+12025550123';
const OTHER_PHONE = '+12025550124';
const ann = (rest: Values = {}): Values => ({ firstName: 'Ann', lastName: 'Lee', ...rest });
const bob = (rest: Values = {}): Values => ({ firstName: 'Bob', lastName: 'Ray', ...rest });
const ANN = 'ann@acme.example';
const CY = 'cy@globex.example';

/** Stories that once went wrong, each in its shortest form. They are told in every run. */
export const SEEDS: readonly (readonly [string, Story])[] = [
  [
    'a row of a file is no duplicate of a row above that is not stored itself',
    [
      sent('file', [ann({ phone: PHONE }), ann({ email: ANN, phone: PHONE })], { policy: { onDuplicate: 'fill' } }),
      { kind: 'tag', at: 0, tag: 'hot' },
      { kind: 'again', at: 0 },
    ],
  ],
  [
    'whoever is in the default list is not yet in a list that is still to be made',
    [sent('plan', [ann({ email: ANN })]), sent('plan', [ann({ email: ANN })], { list: 1 })],
  ],
  [
    'a suppressed alternate number is in the plan',
    [{ kind: 'suppress', entry: 4 }, sent('plan', [bob({ phone: OTHER_PHONE, altPhone1: PHONE })])],
  ],
  [
    'whoever is no namesake of the row above can still be known by the address',
    [
      sent('rows', [ann({ email: ANN }), ann({ email: CY })]),
      sent('plan', [ann({ email: ANN, phone: PHONE }), bob({ email: CY, phone: PHONE })], { list: 1, answer: 'create' }),
    ],
  ],
  [
    'what was said of a shared phone holds, whatever name the stored lead has',
    [
      sent('file', [bob({ email: CY, phone: PHONE })]),
      sent('plan', [ann({ email: CY, phone: PHONE, companyName: 'Acme' }), bob({ email: ANN, phone: PHONE })], {
        policy: { onDuplicate: 'fill' },
        answer: 'create',
      }),
    ],
  ],
  [
    'whoever is known by address and number is not the namesake of a row above',
    [
      sent('api', [ann({ email: ANN, phone: OTHER_PHONE }), bob({ email: CY, phone: PHONE })], { policy: { onDuplicate: 'create' } }),
      sent('api', [ann({ email: 'bob@eu.acme.example', phone: OTHER_PHONE })], { policy: { onDuplicate: 'create' } }),
      sent('plan', [bob({ email: 'bob@eu.acme.example', phone: OTHER_PHONE }), ann({ email: ANN, phone: OTHER_PHONE })], { list: 1 }),
    ],
  ],
  [
    'an undo never brings back what was suppressed since',
    [
      sent('rows', [ann({ email: ANN, phone: PHONE })]),
      sent('rows', [ann({ email: ANN, phone: OTHER_PHONE, companyName: 'Acme' })], {
        policy: { onDuplicate: 'overwrite', overwriteFields: ['phone', 'companyName'] },
      }),
      { kind: 'suppress', entry: 4 },
      { kind: 'undo', at: 1 },
    ],
  ],
  [
    'a row in review can be decided when the lead it asks about was taken back with its import',
    [
      sent('rows', [bob({ email: ANN, phone: OTHER_PHONE })]),
      sent('rows', [ann({ email: CY, phone: OTHER_PHONE }), ann({ phone: PHONE })], { policy: { onDuplicate: 'fill' } }),
      { kind: 'undo', at: 0 },
      { kind: 'decide', at: 1, as: 'create', row: 'all' },
    ],
  ],
];
