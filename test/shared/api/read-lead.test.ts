import { describe, expect, test } from 'vitest';
import type { Issue } from '#shared/api/json.ts';
import { readLead } from '#shared/api/read-lead.ts';

function read(json: string) {
  const issues: Issue[] = [];
  return { lead: readLead(JSON.parse(json), 'leads[0]', issues), issues };
}

describe('a lead is read as it was meant', () => {
  test.each([
    ['texts stay as they are', '{"firstName":"Ann","notes":" a "}', { firstName: 'Ann', notes: ' a ' }],
    ['a phone sent as a number becomes text', '{"phone":2025550123}', { phone: '2025550123' }],
    ['yes and no become text', '{"notes":true}', { notes: 'true' }],
    ['null and the empty text are blanks', '{"firstName":null,"lastName":""}', {}],
    ['unknown fields are ignored', '{"favouriteColour":"blue"}', {}],
    ['a full name is taken for splitting', '{"fullName":"Ann Lee"}', { fullName: 'Ann Lee' }],
    ['tags come as a list', '{"tags":["a",7,""]}', { tags: ['a', '7'] }],
    ['or as one text', '{"tags":"a; b"}', { tags: 'a; b' }],
    [
      'custom fields come as an object, in its order',
      '{"customFields":{"B":"1","A":2}}',
      {
        customFields: [
          { label: 'B', value: '1' },
          { label: 'A', value: '2' },
        ],
      },
    ],
    [
      'or as a list, with a type',
      '{"customFields":[{"label":"Score","value":"7","type":"number"}]}',
      {
        customFields: [{ label: 'Score', value: '7', type: 'number' }],
      },
    ],
    ['a blank custom field is left out', '{"customFields":{"A":"","B":null}}', { customFields: [] }],
  ])('%s', (_, json, lead) => {
    expect(read(json)).toEqual({ lead, issues: [] });
  });

  test('labels that are names of the language are labels like any other', () => {
    const { lead, issues } = read('{"customFields":{"__proto__":"a","constructor":"b","toString":"c"},"__proto__":{"email":"x@y.z"}}');
    expect(issues).toEqual([]);
    expect(lead).toEqual({
      customFields: [
        { label: '__proto__', value: 'a' },
        { label: 'constructor', value: 'b' },
        { label: 'toString', value: 'c' },
      ],
    });
    expect(lead.email).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe('what cannot be a lead is told by its place', () => {
  test.each([
    ['a text instead of a lead', '"Ann"', 'leads[0]'],
    ['a list instead of a lead', '[]', 'leads[0]'],
    ['an object where a text belongs', '{"email":{"type":"script"}}', 'leads[0].email'],
    ['a list where a text belongs', '{"phone":["1"]}', 'leads[0].phone'],
    ['an object among the tags', '{"tags":[{}]}', 'leads[0].tags'],
    ['a custom field without a label', '{"customFields":[{"value":"x"}]}', 'leads[0].customFields[0]'],
    ['an object as a custom value', '{"customFields":{"A":{"b":1}}}', 'leads[0].customFields[0]'],
    ['a type that does not exist', '{"customFields":[{"label":"A","value":"1","type":"colour"}]}', 'leads[0].customFields[0]'],
    [
      'more custom fields than a table has columns',
      JSON.stringify({ customFields: Array(513).fill({ label: 'a', value: 'b' }) }),
      'leads[0].customFields',
    ],
  ])('%s', (_, json, path) => {
    expect(read(json).issues.map((issue) => issue.path)).toEqual([path]);
  });
});
