import { describe, expect, test } from 'vitest';
import { readPatch } from '#shared/api/lead-bodies.ts';
import { readSaveLeads } from '#shared/api/leads.ts';
import { MAX_LEADS_PER_CALL } from '#shared/limits.ts';

describe('what POST /api/leads takes', () => {
  const lead = { firstName: 'Ann' };
  test.each([
    ['leads', { leads: [lead] }, { leads: [lead] }],
    ['body, as other clients call them', { body: [lead] }, { leads: [lead] }],
    ['options that are null as if they were absent', { leads: [lead], listId: null, require: null, dryRun: null }, { leads: [lead] }],
    ['a calling code', { leads: [lead], defaultCountryCode: '+1' }, { leads: [lead], defaultCountryCode: '+1' }],
    ['a country in small letters', { leads: [lead], defaultCountry: 'de' }, { leads: [lead], defaultCountry: 'DE' }],
    ['fields it does not know, and ignores them', { leads: [lead], hello: 1 }, { leads: [lead] }],
  ])('takes %s', (_, body, value) => {
    expect(readSaveLeads(body)).toEqual({ ok: true, value });
  });
  test.each([
    ['no leads', {}, 'leads'],
    ['an empty list', { leads: [] }, 'leads'],
    ['a list as the whole body', [lead], ''],
    ['a lead that is a text', { leads: ['Ann'] }, 'leads[0]'],
    ['a rule nobody knows', { leads: [lead], onDuplicate: 'merge' }, 'onDuplicate'],
    ['a country that is a word', { leads: [lead], defaultCountry: 'Germany' }, 'defaultCountry'],
    ['a calling code that is a word', { leads: [lead], defaultCountryCode: 'US' }, 'defaultCountryCode'],
    ['yes as a text', { leads: [lead], dryRun: 'yes' }, 'dryRun'],
  ])('refuses %s', (_, body, path) => {
    const read = readSaveLeads(body);
    expect(read.ok ? [] : read.error.map((issue) => issue.path)).toEqual([path]);
  });
  test('too many leads are counted, not read', () => {
    const read = readSaveLeads({ leads: Array(MAX_LEADS_PER_CALL + 1).fill('x') });
    expect(read.ok && read.value.leads.length).toBe(MAX_LEADS_PER_CALL + 1);
  });
});

describe('what PATCH /api/leads/:id takes', () => {
  test.each([
    ['a new value', { companyName: 'Acme' }, { patch: { companyName: 'Acme' } }],
    ['null to clear a field', { companyName: null }, { patch: { companyName: '' } }],
    ['the empty text to clear a field', { notes: '' }, { patch: { notes: '' } }],
    ['the version it is meant for', { notes: 'x', version: 3 }, { patch: { notes: 'x' }, version: 3 }],
    ['tags as one text', { tags: 'a; b,c' }, { patch: { tags: ['a', 'b', 'c'] } }],
    ['null to clear the tags', { tags: null }, { patch: { tags: [] } }],
    ['custom fields as an object', { customFields: { City: 'Ulm' } }, { patch: { customFields: [{ label: 'City', value: 'Ulm' }] } }],
  ])('takes %s', (_, body, value) => {
    expect(readPatch(body)).toEqual({ ok: true, value });
  });
  test.each([
    ['nothing', {}],
    ['only what it does not know', { colour: 'blue' }],
    ['a version that is a text', { notes: 'x', version: '3' }],
    ['an object where a text belongs', { notes: {} }],
    ['a list', []],
  ])('refuses %s', (_, body) => {
    expect(readPatch(body).ok).toBe(false);
  });
});
