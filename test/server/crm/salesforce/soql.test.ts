import { getFlattenedFields, isQueryValid, parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  after,
  all,
  any,
  blank,
  type Condition,
  compare,
  inQuery,
  isOneOf,
  moment,
  text,
  writeSoql,
  yesNo,
} from '../../../../server/crm/salesforce/soql.ts';
import { hostileText } from '../../../support/salesforce/hostile-text.ts';

const name = fc.constantFrom('Email', 'LastName', 'Leadline_Id__c', 'Campaign.Name');
const literal = fc.oneof(hostileText.map(text), fc.integer({ min: 0, max: 4e12 }).map(moment), fc.boolean().map(yesNo), fc.constant(blank));
const plain = fc.oneof(
  fc
    .record({ field: name, operator: fc.constantFrom('=', '!=', '>', '<=' as const), value: literal })
    .map((c) => compare(c.field, c.operator, c.value)),
  fc.record({ field: name, texts: fc.array(hostileText, { minLength: 1, maxLength: 5 }) }).map((c) => isOneOf(c.field, c.texts)),
);
const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    plain,
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((of) => all(...of)),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((of) => any(...of)),
    tie('tree').map((where) => inQuery('Id', { fields: ['LeadId'], from: 'CampaignMember', where })),
  ),
})).tree;

describe('queries in SOQL', () => {
  test('every query parses by an independent grammar, whatever its values hold', () => {
    fc.assert(
      fc.property(condition, fc.boolean(), (where, isOrdered) => {
        const soql = writeSoql({
          fields: ['Id', 'Email'],
          from: 'Lead',
          where,
          ...(isOrdered ? { orderBy: ['SystemModstamp', 'Id'], limit: 2000 } : {}),
        });
        expect(isQueryValid(soql)).toBe(true);
        expect(getFlattenedFields(parseQuery(soql))).toEqual(['Id', 'Email']);
        expect(parseQuery(soql).sObject).toBe('Lead');
      }),
      { numRuns: 500 },
    );
  });

  test('a value stays one value: nothing in it ends the quotes', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        const { where } = parseQuery(writeSoql({ fields: ['Id'], from: 'Lead', where: compare('Email', '=', text(value)) }));
        expect(where).toMatchObject({ left: { field: 'Email', operator: '=', literalType: 'STRING' } });
        expect(where).not.toHaveProperty('right');
      }),
      { numRuns: 500 },
    );
  });

  test('rows after a position: a later stamp, or the same with a greater id', () => {
    const soql = writeSoql({ fields: ['Id'], from: 'Lead', where: after('SystemModstamp', { at: 0, id: '00Q1' }) });
    expect(soql).toBe(
      "SELECT Id FROM Lead WHERE SystemModstamp > 1970-01-01T00:00:00.000Z OR (SystemModstamp = 1970-01-01T00:00:00.000Z AND Id > '00Q1')",
    );
  });

  test('counting asks for the number alone', () => {
    expect(writeSoql({ fields: 'count', from: 'Lead' })).toBe('SELECT COUNT() FROM Lead');
  });

  test.each(["Id FROM User WHERE Name = 'x'", 'Id,Name', '', 'Id;', 'a.b.c.d.e.f'])(
    'a name that is none never gets into a query: %s',
    (field) => {
      expect(() => writeSoql({ fields: [field], from: 'Lead' })).toThrow();
    },
  );

  test('a question about none of the values is a bug, not a question about all', () => {
    expect(() => writeSoql({ fields: ['Id'], from: 'Lead', where: isOneOf('Id', []) })).toThrow();
  });
});
