import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { templateCsv } from '#shared/api/template-csv.ts';
import { FIELD_IDS, FIELDS } from '#shared/lead/fields.ts';
import { MAX_FILE_BYTES, PREVIEW_ROWS } from '#shared/limits.ts';
import { receiptSentences } from '#shared/sentences/en.ts';
import { blockersOf } from '../../extension/flow/draft.ts';
import { openSeedRoom, type SeedRoom } from './seed-room.ts';

const HEADER = 'First Name,Last Name,Email Address,Mobile,Company,Title,LinkedIn URL,Notes,Favourite colour';
const person = (i: number) =>
  `Ann${i},Lee,ann${i}@example.com,202555${1000 + i},Fernhill,Buyer,linkedin.com/in/ann${i},Met at the fair,green`;
const file = (rows: readonly string[]) => [HEADER, ...rows].join('\r\n');
const people = (count: number, from = 0) => Array.from({ length: count }, (_, i) => person(from + i));

let room: SeedRoom;
beforeAll(async () => {
  room = await openSeedRoom();
});
afterAll(() => room.close());

async function leadsOf(listId: string) {
  const answer = await room.server.ask(`/api/leads?listId=${listId}&limit=100`);
  return ((await answer.json()) as { leads: Record<string, unknown>[] }).leads;
}
async function makeList(name: string): Promise<{ id: string; name: string }> {
  const answer = await room.server.send('POST', '/api/lists', { name });
  return (await answer.json()) as { id: string; name: string };
}
/** The draft with its table; every test here is past reading. */
function tableDraft() {
  const { draft } = room.flow.view();
  if (!('table' in draft)) throw new Error(`at ${draft.step}`);
  return draft;
}

describe('prepare: what a file may hold', () => {
  test.each([
    ['first name', 'firstName'],
    ['last name', 'lastName'],
    ['primary email', 'email'],
    ['primary phone', 'phone'],
  ] as const)('the %s is required', (_, field) => expect(FIELDS[field].required).toBe(true));

  test('optional: other phones, other emails, company, role, LinkedIn, notes', () => {
    const optional = [
      'altPhone1',
      'altPhone2',
      'altPhone3',
      'altEmail1',
      'altEmail2',
      'altEmail3',
      'companyName',
      'jobTitle',
      'linkedinUrl',
      'notes',
    ] as const;
    for (const field of optional) expect(FIELDS[field].required).toBe(false);
  });

  test('the phone of the example, with its country code, is taken as it is', async () => {
    await room.upload(`First Name,Last Name,Email,Phone\nAnn,Lee,example-phone@example.com,+1234567890`);
    await room.goTo('map');
    await room.goTo('preview');
    expect(tableDraft()).toMatchObject({ plan: { willWrite: 1, preview: [{ lead: { phone: '+1234567890' } }] } });
    await room.flow.startOver();
  });

  test('every other column becomes a custom field of the lead', async () => {
    const list = await makeList('Colours');
    await room.upload(file(people(1, 900)), list);
    await room.goTo('map');
    await room.goTo('preview');
    await room.importNow();
    expect(await leadsOf(list.id)).toMatchObject([
      {
        companyName: 'Fernhill',
        jobTitle: 'Buyer',
        notes: 'Met at the fair',
        customFields: [{ label: 'Favourite colour', value: 'green' }],
      },
    ]);
    await room.flow.startOver();
  });
});

describe('template', () => {
  test('it can be downloaded, and has every field', async () => {
    const answer = await room.server.ask('/api/template.csv');
    expect(answer.headers.get('Content-Disposition')).toMatch(/attachment.*\.csv/);
    const [header = ''] = (await answer.text()).replace(/^\uFEFF/, '').split('\r\n');
    expect(header.split(',')).toEqual(FIELD_IDS.map((id) => FIELDS[id].label));
  });

  test('a file made from it maps itself and is valid', async () => {
    await room.upload(templateCsv());
    await room.goTo('map');
    expect(tableDraft().mapping.map((entry) => entry.field)).toEqual(FIELD_IDS);
    await room.goTo('preview');
    expect(tableDraft().plan).toMatchObject({ summary: { valid: 1, invalid: 0 } });
    await room.flow.startOver();
  });
});

describe('upload', () => {
  test('a chosen file is read', async () => {
    await room.upload(file(people(3)));
    expect(room.flow.view().draft).toMatchObject({
      step: 'read',
      reading: { kind: 'ready', table: { facts: { rowCount: 3, columnCount: 9 } } },
    });
    await room.flow.startOver();
  });

  test('10 MB is the largest file', async () => {
    expect(MAX_FILE_BYTES).toBe(10 * 1024 * 1024);
    await room.upload(`${file(people(1))}\r\n${'x'.repeat(MAX_FILE_BYTES)}`);
    expect(room.flow.view().draft).toMatchObject({ step: 'read', reading: { kind: 'failed', error: { code: 'file_too_large' } } });
    await room.flow.startOver();
  });
});

describe('list', () => {
  test('leads can be added to an existing list, chosen from those there are', async () => {
    const list = await makeList('Partners');
    await room.flow.retry();
    const { server } = room.flow.view();
    expect(server.kind === 'ready' && server.lists.map(({ name }) => name)).toContain('Partners');
    await room.upload(file(people(2, 100)), list);
    await room.goTo('map');
    await room.goTo('preview');
    const view = await room.importNow();
    expect(view.sending?.receipt).toMatchObject({ created: 2, list: { id: list.id, created: false } });
    expect(await leadsOf(list.id)).toHaveLength(2);
    await room.flow.startOver();
  });

  test('a new list is made from the name that was entered', async () => {
    await room.upload(file(people(2, 200)));
    await room.flow.send({ kind: 'listChosen', list: { kind: 'new', name: 'Q4 Webinar' } });
    await room.goTo('map');
    await room.goTo('preview');
    const view = await room.importNow();
    expect(view.sending?.receipt).toMatchObject({ created: 2, list: { name: 'Q4 Webinar', created: true } });
    await room.flow.startOver();
  });

  test('a new list needs a name', async () => {
    await room.upload(file(people(1)));
    await room.flow.send({ kind: 'listChosen', list: { kind: 'new', name: ' ' } });
    expect(blockersOf(room.flow.view().draft, 'map')).toEqual([{ kind: 'listUnnamed' }]);
    await room.flow.startOver();
  });
});

describe('map', () => {
  test('columns with common names are mapped by themselves', async () => {
    await room.upload(file(people(5)));
    await room.goTo('map');
    const fields = ['firstName', 'lastName', 'email', 'phone', 'companyName', 'jobTitle', 'linkedinUrl', 'notes', 'custom'];
    expect(tableDraft().mapping.map((entry) => entry.field)).toEqual(fields);
  });

  test('the mapping can be reviewed and changed', async () => {
    const mapping = tableDraft().mapping.map((entry) => (entry.field === 'notes' ? { column: 7, field: 'ignore' as const } : entry));
    await room.flow.send({ kind: 'mappingChanged', mapping });
    expect(tableDraft().mapping[7]).toEqual({ column: 7, field: 'ignore' });
  });

  test('each column goes to one field, and no field has two columns', () => {
    const mapped = tableDraft().mapping.filter((entry) => entry.field !== 'custom' && entry.field !== 'ignore');
    expect(new Set(mapped.map((entry) => entry.field)).size).toBe(mapped.length);
    expect(new Set(tableDraft().mapping.map((entry) => ('column' in entry ? entry.column : -1))).size).toBe(9);
  });

  test('samples of the data are in sight while mapping', () => {
    expect(tableDraft().table.suggestions[2]?.samples).toEqual(['ann0@example.com', 'ann1@example.com', 'ann2@example.com']);
    expect(tableDraft().table.firstRows[0]?.[2]).toBe('ann0@example.com');
  });

  test('without the required fields there is no way on', async () => {
    const mapping = tableDraft().mapping.filter((entry) => entry.field !== 'phone');
    await room.flow.send({ kind: 'mappingChanged', mapping });
    expect(blockersOf(room.flow.view().draft, 'preview')).toEqual([{ kind: 'fieldsMissing', fields: ['phone'] }]);
    await room.goTo('map');
    await room.flow.send({ kind: 'wentTo', step: 'preview' });
    expect(room.flow.view().draft.step).toBe('map');
    await room.flow.startOver();
  });
});

describe('preview and import', () => {
  const bad = ['Bob,Ray,no-at-sign,2025559999,,,,,', ',Ray,x@example.com,2025559998,,,,,'];
  beforeAll(async () => {
    await room.upload(file([...people(12, 300), ...bad]));
    await room.flow.send({ kind: 'listChosen', list: { kind: 'new', name: 'Spring fair' } });
    await room.goTo('map');
    await room.goTo('preview');
  });

  test('the first 10 records are shown as they will be stored', () => {
    const preview = tableDraft().plan?.preview ?? [];
    expect(preview).toHaveLength(PREVIEW_ROWS);
    expect(preview[0]?.lead).toMatchObject({
      firstName: 'Ann300',
      phone: '+12025551300',
      linkedinUrl: 'https://www.linkedin.com/in/ann300',
    });
  });

  test('a summary says how many leads are valid and how many records are not', () => {
    expect(tableDraft().plan?.summary).toMatchObject({ total: 14, valid: 12, invalid: 2 });
    expect(tableDraft().plan?.problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['email_no_at', 'first_name_missing']));
  });

  test('Import saves, and says how many were saved, how many skipped, and in which list', async () => {
    const view = await room.importNow();
    const receipt = view.sending?.receipt;
    expect(receipt && receiptSentences(receipt).slice(0, 2)).toEqual(['12 leads saved to Spring fair.', '2 invalid records skipped.']);
    expect(await leadsOf(receipt?.list.id ?? '')).toHaveLength(12);
  });

  test('leads that are in the list already are not saved again', async () => {
    const list = room.flow.view().sending?.receipt?.list;
    await room.flow.startOver();
    await room.upload(file(people(3, 311)), { id: list?.id ?? '', name: 'Spring fair' });
    await room.goTo('map');
    await room.goTo('preview');
    expect(tableDraft().plan).toMatchObject({ willWrite: 2, summary: { existing: 1 } });
    const view = await room.importNow();
    expect(view.sending?.receipt).toMatchObject({ created: 2, duplicate: 1 });
    await room.flow.startOver();
  });
});
