import { afterAll, beforeAll, expect, test } from 'vitest';
import { foldText, trimText, unguardFormula } from '#shared/lead/text.ts';
import { readTable } from '#shared/table/read-csv.ts';
import { createLog } from '../../../server/log.ts';
import { NAUGHTY } from '../../fixtures/naughty-strings/read-strings.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

/*
 * Cleaning that is allowed: texts, labels and values lose their outer blanks (`trimText`) and NULs; names of lists, templates
 * and custom fields what `trim` takes; tags are parted at ; , | and line breaks and spelled as they were first; a reason
 * without a letter is none; notes stay as they are.
 */
let server: TestServer;
const logged: string[] = [];
beforeAll(async () => {
  server = await startServer({ log: createLog('trace', { write: (line: string) => logged.push(line) }) });
});
afterAll(() => server.stop());

const FEW = NAUGHTY.filter((text) => trimText(text) !== '');
const JSON_TYPE = /^application\/json/;

/** Asks and reads; no text makes the server fail. */
async function made(method: string, path: string, body: unknown) {
  const answer = await server.send(method, path, body);
  expect(answer.headers.get('content-type')).toMatch(JSON_TYPE);
  const read = await answer.json();
  expect([answer.status, read.code]).toEqual([expect.toSatisfy((status: number) => status < 300), undefined]);
  return read;
}
const asked = async (path: string) => (await server.ask(path)).json();
/** Answers in which no text was refused for its contents: 500 never. */
const isHonest = (status: number) => status < 500;

test('there are 515 of them, and they are what they were', () => {
  expect(NAUGHTY).toHaveLength(515);
  expect(NAUGHTY.join('')).toContain('ثم نفس سقطت وبالتحديد،');
});

test('every text field, custom value and custom label gives them back byte by byte', async () => {
  const list = await made('POST', '/api/lists', { name: 'Naughty fields' });
  const leads = NAUGHTY.map((text, index) => ({
    firstName: text,
    lastName: text,
    email: `n${index}@example.com`,
    phone: `+1202555${String(index).padStart(4, '0')}`,
    companyName: text,
    jobTitle: text,
    notes: text,
    customFields: [
      { label: 'Value', value: text },
      { label: text, value: 'labelled' },
    ].filter(({ label }) => label !== ''),
  }));
  const saved = await made('POST', '/api/leads', { leads, listId: list.id, require: 'any' });
  expect(saved).toMatchObject({ createdCount: NAUGHTY.length });
  for (const [index, id] of saved.leadIds.entries()) {
    const { lead } = await asked(`/api/leads?id=${id}`);
    const text = NAUGHTY[index] ?? '';
    const clean = trimText(text);
    for (const field of ['firstName', 'lastName', 'companyName', 'jobTitle']) expect(lead[field] ?? '').toBe(clean);
    expect(lead.notes ?? '').toBe(clean === '' ? '' : text);
    const custom = (lead.customFields as { label: string; value: string }[]).map(({ label, value }) => [label, value]);
    const label = clean === '' ? (text === '' ? [] : [['Unnamed', 'labelled']]) : [[clean, 'labelled']];
    expect(custom).toEqual([...(clean === '' ? [] : [['Value', clean]]), ...label]);
  }
});

test('an object of custom fields is no way to anybody’s prototype', async () => {
  const body = JSON.parse(
    '{"leads":[{"firstName":"P","lastName":"P","email":"p@example.com","phone":"2025559999","customFields":{"__proto__":"x","constructor":"y","hasOwnProperty":"z"}}]}',
  );
  const { leadId } = await made('POST', '/api/leads', body);
  const { lead } = await asked(`/api/leads?id=${leadId}`);
  expect(lead.customFields.map(({ label }: { label: string }) => label)).toEqual(['__proto__', 'constructor', 'hasOwnProperty']);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('addresses, numbers, links and owners that are none are kept as texts and reject only what needs them', async () => {
  const leads = FEW.map((text) => ({
    firstName: 'Ann',
    email: text,
    phone: text,
    altPhone1: text,
    altEmail1: text,
    linkedinUrl: text,
    ownerEmail: text,
  }));
  const answer = await server.send('POST', '/api/leads', { leads, onInvalid: 'skip', require: 'any', dryRun: true });
  expect(answer.status).toBe(200);
  expect((await answer.json()).totalProcessed).toBe(FEW.length);
});

test('tags are parted where tags are parted, and are else what they were', async () => {
  const leads = FEW.map((text, index) => ({
    firstName: 'Tag',
    lastName: `T${index}`,
    email: `t${index}@example.com`,
    phone: '',
    tags: [text],
  }));
  const saved = await made('POST', '/api/leads', { leads, require: 'any' });
  const spellings = new Map<string, string>();
  for (const [index, id] of saved.leadIds.entries()) {
    const { lead } = await asked(`/api/leads?id=${id}`);
    const own = new Set<string>();
    for (const part of (FEW[index] ?? '').split(/[;,|\r\n]/).map(trimText)) {
      if (part === '') continue;
      const folded = foldText(part);
      if (!spellings.has(folded)) spellings.set(folded, part);
      own.add(spellings.get(folded) ?? '');
    }
    expect(lead.tags).toEqual([...own]);
  }
});

/** What a thing that was made is called, or why it was not made. */
async function called(answer: Response, as: 'name' | 'label'): Promise<string | number> {
  if (answer.status >= 300) return answer.status === 409 ? 'taken' : answer.status;
  return (await answer.json())[as];
}

test('lists, templates, custom fields and reasons are called what they were called', async () => {
  for (const [index, text] of NAUGHTY.entries()) {
    const name = text.trim();
    const list = await server.send('POST', '/api/lists', { name: text });
    const template = await server.send('POST', '/api/mapping-templates', {
      name: text,
      headers: [text, text],
      mapping: [{ column: 0, field: 'custom', label: text }],
    });
    const field = await server.send('POST', '/api/custom-fields', { label: text, type: 'choice', choices: [text] });
    // Taken before, but for case, is the only other answer about a name.
    if (name !== '' && [...name].length <= 200) {
      expect(await called(list, 'name')).toBeOneOf([name, 'taken']);
      expect(await called(template, 'name')).toBeOneOf([name, 'taken']);
    } else expect([list.status, template.status]).toEqual([400, 400]);
    const isLabel = name !== '' && [...text].length <= 200; // it is a choice, too
    expect(String(await called(field, 'label'))).toBeOneOf(isLabel ? [name, 'taken'] : ['400']);
    const entry = { kind: 'email', value: `s${index}@example.com`, reason: text };
    const { entries } = await made('POST', '/api/suppressions', { entries: [entry] });
    expect(entries[0].reason ?? '').toBe(text);
  }
  const { templates } = await asked('/api/mapping-templates');
  for (const { name, headers, mapping } of templates) {
    expect(headers.map((header: string) => header.trim())).toEqual([name, name]);
    expect(mapping[0].label).toBe(headers[0]);
  }
});

test('search, filters and ids are looked for as they are written, and find what they shall', async () => {
  for (const [index, text] of NAUGHTY.entries()) {
    const value = encodeURIComponent(text.toWellFormed());
    for (const path of [
      `/api/leads?search=${value}&limit=1`,
      `/api/leads?tag=${value}&limit=1`,
      `/api/leads?owner=${value}&limit=1`,
      `/api/leads?id=${value}`,
      `/api/leads?listId=${value}`,
      ...(index % 10 === 0 ? [`/api/leads/export?search=${value}`] : []),
      `/api/imports/${value}`,
      `/api/leads/${value}/timeline`,
      `/${value}`,
    ]) {
      const answer = await server.ask(path);
      expect([path, answer.status]).toEqual([path, expect.toSatisfy(isHonest)]);
      await answer.body?.cancel();
    }
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
const CSV = { 'Content-Type': 'text/csv' };

test('as cells of a file they come back in the rows put aside and in the file of those rows', async () => {
  const lines = FEW.map((text, index) => ['Ann', `L${index}`, 'no address', '2025550123', text].map(quote).join(','));
  const csv = `First name,Last name,Email,Phone,Naughty\r\n${lines.join('\r\n')}\r\n`;
  const fileName = encodeURIComponent('"; filename="evil.exe\r\nX-Evil: 1<script>.csv');
  const imported = await server.ask(`/api/imports?fileName=${fileName}`, { method: 'POST', body: csv, headers: CSV });
  const receipt = await imported.json();
  expect(receipt).toMatchObject({ total: FEW.length, rejected: FEW.length });
  const first = await asked(`/api/imports/${receipt.importId}/rows?bucket=rejected&limit=500`);
  expect(first.rows.map(({ raw }: { raw: string[] }) => raw[4])).toEqual(FEW.slice(0, 500));

  const file = await server.ask(`/api/imports/${receipt.importId}/rejected.csv`);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="rejected.csv"');
  expect([...file.headers.keys()]).not.toContain('x-evil');
  const table = readTable(new Uint8Array(await file.arrayBuffer()));
  // What the cells say when read: one that came with a guard has that one, not two.
  expect(table.ok && table.value.rows.map((row) => unguardFormula(row[4] ?? ''))).toEqual(FEW.map(unguardFormula));
});

test('as headers of a file they are the labels of its custom fields, on one line', async () => {
  // One line, blanks off; the apostrophe before a blank is taken for a guard.
  const labelOf = (text: string) => unguardFormula(text.trim()).replace(/\s+/g, ' ').trim();
  const unlike = [...new Map(FEW.map((text) => [labelOf(text), text]))].filter(([label]) => trimText(label) === label);
  const alone = unlike.map(([, text]) => text);
  for (let at = 0; at < alone.length; at += 120) {
    const headers = alone.slice(at, at + 120);
    const cells = headers.map((_, index) => `value ${index}`);
    const csv = `${['Name', 'E-mail', ...headers].map(quote).join(',')}\r\n${['Ann Lee', `h${at}@example.com`, ...cells].map(quote).join(',')}\r\n`;
    const mapping = [
      { column: 0, field: 'fullName' },
      { column: 1, field: 'email' },
    ];
    const form = new FormData();
    form.set('file', new Blob([csv], { type: 'text/csv' }), 'a.csv');
    form.set('options', JSON.stringify({ mapping, headerRow: 1, require: 'any' }));
    const receipt = await (await server.ask('/api/imports', { method: 'POST', body: form })).json();
    expect(receipt).toMatchObject({ created: 1 });
    const { leads } = await asked(`/api/leads?importId=${receipt.importId}`);
    const custom = leads[0].customFields.map(({ label, value }: { label: string; value: string }) => [label, value]);
    expect(custom).toEqual(headers.map((header, index) => [labelOf(header), `value ${index}`]));
  }
});

test('nobody’s text is in the log or in a page', async () => {
  const pages = await Promise.all(['/', '/api/docs', '/api/openapi.json'].map(async (path) => (await server.ask(path)).text()));
  const telling = FEW.filter((text) => text.length > 12);
  for (const text of telling)
    expect([...pages].some((page) => page.includes(text)) || logged.some((line) => line.includes(text)), text).toBe(false);
});
