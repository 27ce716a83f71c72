import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

type Answer = { readonly status: number; readonly body: Record<string, unknown> };
async function post(lead: object, rest: object = {}): Promise<Answer> {
  const answer = await server.send('POST', '/api/leads', { leads: [{ firstName: 'Ann', lastName: 'Lee', ...lead }], ...rest });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
async function stored(id: unknown): Promise<Record<string, unknown>> {
  const answer = await server.ask(`/api/leads?id=${id}`);
  return ((await answer.json()) as { lead: Record<string, unknown> }).lead;
}

describe('phones', () => {
  test.each([
    ['10 digits are of the US', '2025550101', '+12025550101'],
    ['10 digits with the signs people write', '(202) 555-0102', '+12025550102'],
    ['11 digits that begin with 1 have their country code', '12025550103', '+12025550103'],
    ['11 digits with signs', '1-202-555-0104', '+12025550104'],
    ['international numbers are E.164 already', '+442079460018', '+442079460018'],
    ['the example of the page', '+1234567890', '+1234567890'],
  ])('%s: %s → %s', async (_, phone, expected) => {
    const { status, body } = await post({ email: `p${phone.replace(/\D/g, '')}@example.com`, phone });
    expect(status).toBe(201);
    expect((await stored(body.leadId)).phone).toBe(expected);
  });

  test.each([
    ['12 digits without a +', '442079460018'],
    ['too few digits', '5550101'],
    ['a + without a country', '+0123456789'],
    ['letters', '555-CALL-NOW'],
  ])('any other format is refused: %s', async (_, phone) => {
    const { status, body } = await post({ email: 'refused@example.com', phone });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'INVALID_LEADS', details: [{ index: 0, field: 'phone', code: 'phone_invalid', value: phone }] });
  });
});

describe('emails', () => {
  test('need an @', async () =>
    expect((await post({ email: 'ann.example.com', phone: '2025550111' })).body).toMatchObject({
      details: [{ field: 'email', code: 'email_no_at' }],
    }));
  test('need a dot', async () =>
    expect((await post({ email: 'ann@example', phone: '2025550111' })).body).toMatchObject({
      details: [{ field: 'email', code: 'email_no_dot' }],
    }));
  test('become lower case', async () => {
    const { body } = await post({ email: 'Ann.LEE@Example.COM', phone: '2025550112' });
    expect((await stored(body.leadId)).email).toBe('ann.lee@example.com');
  });
  test('lose blanks around', async () => {
    const { body } = await post({ email: '  blanks@example.com \t', phone: '2025550113' });
    expect((await stored(body.leadId)).email).toBe('blanks@example.com');
  });
});

describe('duplicates', () => {
  test('a lead that is in the list is not saved a second time', async () => {
    const first = await post({ email: 'twice@example.com', phone: '2025550120' });
    const second = await post({ email: 'TWICE@example.com', phone: '2025550121' });
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ savedCount: 0, duplicateCount: 1, duplicateOnly: true, existingLeadIds: [first.body.leadId] });
  });
  test('the same lead in another list joins it, without a second copy', async () => {
    const made = await server.send('POST', '/api/lists', { name: 'Second list' });
    const { id: listId } = (await made.json()) as { id: string };
    const first = await post({ email: 'two-lists@example.com', phone: '2025550122' });
    const second = await post({ email: 'two-lists@example.com', phone: '2025550122' }, { listId });
    expect(second.body).toMatchObject({ savedCount: 1, createdCount: 0, addedCount: 1, leadId: first.body.leadId });
  });
});
