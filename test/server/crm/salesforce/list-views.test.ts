import { isQueryValid } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CrmField } from '../../../../server/crm/adapter.ts';
import { conditionOfView } from '../../../../server/crm/salesforce/list-views.ts';
import { writeSoql } from '../../../../server/crm/salesforce/soql.ts';
import type { ValueType } from '../../../../shared/crm/record.ts';
import { readAll, unwrap } from '../../../support/crm-answers.ts';
import { hostileText } from '../../../support/salesforce/hostile-text.ts';
import { type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import { insert } from '../../../support/salesforce/org.ts';
import { type OrgView, queryOf, type ViewCondition } from '../../../support/salesforce/org-views.ts';
import { runQuery } from '../../../support/salesforce/soql-engine.ts';

const field = (name: string, valueType: ValueType = 'text'): CrmField => ({
  name,
  label: name,
  valueType,
  options: [],
  isReadOnly: false,
  isRequired: false,
  isCustom: false,
  maxLength: null,
});
const FIELDS = [
  field('Name'),
  field('OwnerId'),
  field('Partner__c'),
  field('Budget__c', 'number'),
  field('CreatedDate', 'dateTime'),
  field('Due__c', 'date'),
  field('DoNotCall', 'yesNo'),
  field('Status', 'choice'),
  field('Interests__c', 'choices'),
];
const COLUMNS = 'SELECT Name, toLabel(Status), Owner.Alias, Id FROM Lead';
const ORDER = ' ORDER BY Name ASC NULLS FIRST, Id ASC NULLS FIRST';

/** As an org answers; `asked` is what stands between the object and the order in its own query: `x` for all the condition compares. */
function view(asked: string, whereCondition: unknown, more: object = {}) {
  const compared = JSON.stringify(whereCondition).split('"operator"').slice(1);
  const query = COLUMNS + asked.replace(/ x$/, ` ${compared.map(() => "a = 'ORDER BY'").join(' AND ')}`) + ORDER;
  return { id: '00Bf20000080l1o', query, scope: 'everything', sobjectType: 'Lead', whereCondition, ...more };
}
const one = (name: string, operator: string, ...values: readonly string[]) => view(' WHERE x', { field: name, operator, values });
/** What our query asks for it, without the rest. */
function asked(described: object): string | null {
  const found = conditionOfView({ ...described }, 'Lead', FIELDS);
  if (!found) return null;
  const { condition, isMine } = found;
  const soql = writeSoql({ fields: ['Id'], from: 'Lead', isMine, ...(condition ? { where: condition } : {}) });
  expect(isQueryValid(soql)).toBe(true);
  return soql.replace('SELECT Id FROM Lead', '').trim();
}

describe('what a list view says is asked by our own queries', () => {
  test.each([
    [view('', { conditions: [], conjunction: 'and' }), '', 'everybody'],
    [view('', null), '', 'everybody, said by nothing'],
    [view(' USING SCOPE mine', { conditions: [], conjunction: 'and' }, { scope: 'mine' }), 'USING SCOPE mine', 'who is mine'],
    [one('CreatedDate', 'equals', 'THIS_WEEK'), 'WHERE CreatedDate = THIS_WEEK', 'days by name'],
    [one('CreatedDate', 'greaterThanOrEqualTo', 'LAST_N_DAYS:30'), 'WHERE CreatedDate >= LAST_N_DAYS:30', 'days by number'],
    [one('CreatedDate', 'lessThan', '2026-09-18T16:00:00.000Z'), 'WHERE CreatedDate < 2026-09-18T16:00:00.000Z', 'a moment'],
    [one('Due__c', 'greaterThan', '2026-09-18'), 'WHERE Due__c > 2026-09-18', 'a day'],
    [one('Budget__c', 'greaterThenOrEqualTo', 'USD5000.5'), 'WHERE Budget__c >= USD5000.5', 'an amount, and the other spelling'],
    [one('Budget__c', 'lessThanOrEqualTo', '-1.5'), 'WHERE Budget__c <= -1.5', 'a number'],
    [one('DoNotCall', 'notEquals', 'true'), 'WHERE DoNotCall != true', 'yes or no'],
    [one('Status', 'in', "'Open'", "'Working'", 'null'), "WHERE Status IN ('Open', 'Working', null)", 'one of several'],
    [one('Status', 'notIn', "'It\\'s'"), "WHERE Status NOT IN ('It\\'s')", 'none of several'],
    [one('Interests__c', 'includes', "'Pumps;Pipes'", "'Valves'"), "WHERE Interests__c INCLUDES ('Pumps;Pipes', 'Valves')", 'choices'],
    [one('Interests__c', 'excludes', "'Pumps'"), "WHERE Interests__c EXCLUDES ('Pumps')", 'choices left out'],
    [one('Name', 'like', "'50\\% \\_ off%'"), "WHERE Name LIKE '50\\% \\_ off%'", 'wildcards that stand for themselves stay so'],
    [one('Name', 'notLike', "'%b%'"), "WHERE (NOT Name LIKE '%b%')", 'what a name has not'],
    [one('Owner.Name', 'equals', "'Ann'"), "WHERE Owner.Name = 'Ann'", 'over a relationship'],
    [one('Partner__r.Region__c', 'equals', "'EMEA'"), "WHERE Partner__r.Region__c = 'EMEA'", 'over one of the org’s own'],
    [
      view(' WHERE x', {
        conjunction: 'and',
        conditions: [
          {
            conjunction: 'or',
            conditions: [one('Name', 'equals', "'a'"), one('Name', 'equals', "'b'")].map((each) => each.whereCondition),
          },
          { condition: one('Status', 'like', "'c'").whereCondition },
        ],
      }),
      "WHERE (Name = 'a' OR Name = 'b') AND (NOT Status LIKE 'c')",
      'and, or, not',
    ],
    [
      view(' WHERE x', {
        conjunction: 'and',
        conditions: [
          one('DoNotCall', 'equals', 'false').whereCondition,
          {
            conjunction: 'and',
            conditions: [
              {
                conjunction: 'or',
                conditions: [one('Name', 'equals', "'a'"), one('Name', 'equals', "'b'")].map((each) => each.whereCondition),
              },
            ],
          },
        ],
      }),
      "WHERE DoNotCall = false AND (Name = 'a' OR Name = 'b')",
      'a group of one group keeps its brackets',
    ],
  ])('%#: %s', (described, soql) => {
    expect(asked(described)).toBe(soql);
  });
});

describe('a list view that is not understood to the last word is not guessed at', () => {
  const known = { field: 'Name', operator: 'equals', values: ["'a'"] };
  test.each([
    ['a scope that is more than a condition', view(' USING SCOPE team', null, { scope: 'team' })],
    ['what somebody looked at last', view(' USING SCOPE mru', null, { scope: 'mru' })],
    ['a scope its query has not', view('', null, { scope: 'mine' })],
    ['a scope that only its query has', view(' USING SCOPE mine', null)],
    ['a queue', view(" WHERE Name = 'a'", known, { scopeEntityId: '00G000000000001AAA' })],
    ['a campaign', view(" WHERE Name = 'a'", known, { relatedEntityId: '701000000000001AAA' })],
    ['a condition that only its query has', view(" WHERE Name = 'a'", null)],
    ['no condition in its query', view('', known)],
    ['no query', view('', null, { query: null })],
    ['a limit', view(' LIMIT 5', null)],
    ['a limit behind a condition', view(" WHERE Name = 'a' LIMIT 5", known, {})],
    ['more conditions in its query than it tells', view(" WHERE Name = 'a' AND Status = 'b'", known)],
    ['fewer conditions in its query than it tells', view(' WHERE Name = null', { conditions: [known, known], conjunction: 'and' })],
    ['another object', view('', null, { sobjectType: 'Contact' })],
    ['an operator nobody knows', one('Name', 'within', "'a'")],
    ['a field that is hidden', one('Secret__c', 'equals', "'a'")],
    ['a relationship whose field is hidden', one('Account.Name', 'equals', "'a'")],
    ['a function', one('toLabel(Status)', 'equals', "'a'")],
    ['a field that is a query', one("Name = 'a' OR Name", 'equals', "'b'")],
    ['a text without its quotes', one('Name', 'equals', 'a')],
    ['a text that ends early', one('Name', 'equals', "'a' OR Name != 'b'")],
    ['a text that goes on', one('Name', 'equals', "'a\\'")],
    ['a number as a text', one('Name', 'equals', '5')],
    ['a text as a number', one('Budget__c', 'equals', "'5'")],
    ['a number with a tail', one('Budget__c', 'equals', '5 OR Budget__c = 6')],
    ['days nobody knows', one('CreatedDate', 'equals', 'SOME_DAY')],
    ['no value', one('Name', 'equals')],
    ['two values where one is compared', one('Name', 'equals', "'a'", "'b'")],
    ['a value that is none', view(' WHERE x', { ...known, values: [5] })],
    ['a conjunction nobody knows', view(' WHERE x', { conditions: [known, known], conjunction: 'xor' })],
    ['a group with an unknown part', view(' WHERE x', { conditions: [known, { field: 'Name' }], conjunction: 'or' })],
    ['an empty group within another', view(' WHERE x', { conditions: [known, { conditions: [], conjunction: 'and' }], conjunction: 'or' })],
    ['a query within', view(' WHERE x', { field: 'Id', operator: 'in', subQuery: 'SELECT LeadId FROM CampaignMember' })],
    ['two things at once', view(' WHERE x', { ...known, conditions: [known], conjunction: 'and' })],
    ['more than Salesforce takes', one('Name', 'in', ...Array.from({ length: 500 }, (_, index) => `'name ${index}'`))],
  ])('%s', (_, described) => {
    expect(asked(described)).toBeNull();
  });

  test('whatever an org tells, nothing of it gets into a query but what has the form of a condition', () => {
    const told = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.record({
          field: fc.oneof(fc.constantFrom(...FIELDS.map(({ name }) => name), 'Owner.Name'), hostileText),
          operator: fc.oneof(fc.constantFrom('equals', 'like', 'in', 'includes', 'notLike'), hostileText),
          values: fc.array(
            fc.oneof(
              hostileText.map((each) => `'${each}'`),
              hostileText,
              fc.constantFrom('true', '5', 'TODAY'),
            ),
            { maxLength: 3 },
          ),
        }),
        fc.record({ conditions: fc.array(tie('tree'), { maxLength: 3 }), conjunction: fc.constantFrom('and', 'or', 'OR') }),
        fc.record({ condition: tie('tree') }),
      ),
    })).tree;
    fc.assert(
      fc.property(told, (whereCondition) => {
        asked(view(' WHERE x', whereCondition));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('in an org', () => {
  let org: OpenOrg;
  beforeEach(async () => {
    org = await openOrg({ batchSize: 25 });
    const owners = ['Ann', 'Bo'].map((Name) => insert(org.fake.org, 'User', { Name }).id);
    const [regions, names] = [
      ['EMEA', 'APAC', null],
      ["O'Neil", '50% off', 'a_b', 'Lee', null],
    ];
    for (let index = 0; index < 40; index++) {
      org.fake.people.addLead({
        LastName: `L${index % 4}`,
        FirstName: names[index % names.length] ?? null,
        Region__c: regions[index % 3] ?? null,
        Interests__c: ['Pumps', 'Pumps;Valves', 'Pipes', null][index % 4] ?? null,
        Budget__c: index % 5 === 0 ? null : index * 10,
        DoNotCall: index % 6 === 0,
        ...(index % 3 === 0 ? {} : { OwnerId: owners[index % 2] ?? '' }),
      });
      org.now += 8 * 60 * 60_000;
    }
    org.fake.people.convert([...org.fake.people.live('Lead')].map(({ Id }) => String(Id))[0] ?? '');
  });
  afterEach(() => org.fake.stop());

  const text = fc.constantFrom("'O\\'Neil'", "'50\\% off'", "'lee'", "'L1'", 'null');
  const leaf: fc.Arbitrary<ViewCondition> = fc
    .oneof(
      fc.tuple(
        fc.constantFrom('FirstName', 'LastName', 'Owner.Name'),
        fc.constantFrom('equals', 'notEquals'),
        text.map((each) => [each]),
      ),
      fc.tuple(fc.constantFrom('FirstName', 'Region__c'), fc.constantFrom('in', 'notIn'), fc.array(text, { minLength: 1, maxLength: 3 })),
      fc.tuple(
        fc.constantFrom('FirstName', 'LastName'),
        fc.constantFrom('like', 'notLike'),
        fc.constantFrom("'%e%'", "'a\\_b'", "'a_b'", "'50\\%%'", "'L_'").map((each) => [each]),
      ),
      fc.tuple(
        fc.constant('Interests__c'),
        fc.constantFrom('includes', 'excludes'),
        fc.array(fc.constantFrom("'Pumps'", "'Pumps;Valves'", "'Pipes'"), { minLength: 1, maxLength: 2 }),
      ),
      fc.tuple(
        fc.constant('Budget__c'),
        fc.constantFrom('greaterThan', 'lessThanOrEqualTo', 'equals'),
        fc.constantFrom('100', '55.5', 'USD200', '-1').map((each) => [each]),
      ),
      fc.tuple(
        fc.constant('DoNotCall'),
        fc.constantFrom('equals', 'notEquals'),
        fc.constantFrom('true', 'false').map((each) => [each]),
      ),
      fc.tuple(
        fc.constant('CreatedDate'),
        fc.constantFrom('equals', 'greaterThanOrEqualTo', 'lessThan'),
        fc.constantFrom('TODAY', 'LAST_N_DAYS:5', '2026-05-09T12:00:00.000Z').map((each) => [each]),
      ),
    )
    .map(([name, operator, values]) => ({ field: name, operator, values }));
  const condition: fc.Arbitrary<ViewCondition> = fc.letrec<{ tree: ViewCondition }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({
        conditions: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
        conjunction: fc.constantFrom('and' as const, 'or' as const),
      }),
      // The grammar loses its way where one NOT follows another.
      fc
        .tuple(
          leaf.filter((each) => !('operator' in each) || each.operator !== 'notLike'),
          fc.array(tie('tree'), { maxLength: 2 }),
        )
        .map(([first, others]) => ({ condition: { conditions: [first, ...others], conjunction: 'or' as const } })),
    ),
  })).tree;
  const scope = fc.constantFrom('everything', 'mine');

  test('exactly those come in whom the view itself shows, and its own query is never needed', async () => {
    await fc.assert(
      fc.asyncProperty(condition, scope, async (where, viewScope) => {
        const shown: OrgView = { id: '00B000000000007AAA', object: 'Lead', label: 'Any', where, scope: viewScope };
        org.fake.org.views.splice(0, Number.POSITIVE_INFINITY, shown);
        org.fake.requests.length = 0;
        const asked = { kind: 'view', id: shown.id, name: 'Any', type: 'lead' } as const;
        const live = new Set(org.fake.people.live('Lead').flatMap(({ Id, IsConverted }) => (IsConverted ? [] : [Id])));
        const wanted = runQuery(org.fake.org, queryOf(shown), false)
          .rows.map((row) => (row as { Id: string }).Id)
          .filter((id) => live.has(id))
          .sort();
        const read = await readAll((page) => org.crm.listRecords('lead', asked, ['LastName'], page));
        const changed = await readAll((page) => org.crm.listChanged('lead', asked, { from: 0, to: org.now }, page));
        expect(read.map(({ id }) => id).sort()).toEqual(wanted);
        expect(changed.filter((id) => live.has(id)).sort()).toEqual(wanted);
        expect(unwrap(await org.crm.countRecords('lead', asked))).toBe(wanted.length);
        const queries = org.fake.requests.flatMap(({ path }) => new URL(path, 'http://x').searchParams.get('q') ?? []);
        expect(queries.filter((soql) => !isQueryValid(soql) || soql.includes('NULLS FIRST'))).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  test('of more than 50,000 rows it is read by a job, but not where it says "mine", which jobs do not know', async () => {
    org.fake.org.habits.countsAs = 51_000;
    for (const viewScope of ['everything', 'mine']) {
      const where = { field: 'LastName', operator: 'like', values: ["'L%'"] };
      org.fake.org.views.splice(0, 9, { id: '00B000000000007AAA', object: 'Lead', label: 'Any', where, scope: viewScope });
      const scoped = { kind: 'view', id: '00B000000000007AAA', name: 'Any', type: 'lead' } as const;
      await readAll((page) => org.crm.listRecords('lead', scoped, ['LastName'], page));
    }
    expect([...org.fake.org.jobs.values()].map(({ query }) => query)).toEqual([expect.stringContaining("LastName LIKE 'L%'")]);
  });
});
