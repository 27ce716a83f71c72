import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, answered, defaultListOf, ID, MOMENT } from '../../support/bodies.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

describe('leads', () => {
  test('one lead is saved', async () => {
    const listId = await defaultListOf(server);
    const answer = await server.send('POST', '/api/leads', { leads: [ANN], listId, source: 'api' });
    const [status, body] = await answered(answer);
    expect(status).toBe(201);
    expect(body).toEqual({
      message: '1 lead saved',
      savedCount: 1,
      createdCount: 1,
      addedCount: 0,
      updatedCount: 0,
      duplicateCount: 0,
      reviewCount: 0,
      suppressedCount: 0,
      invalidCount: 0,
      totalProcessed: 1,
      listId,
      importId: ID,
      leadIds: [body.leadId],
      leadId: ID,
      duplicateOnly: false,
      existingLeadIds: [],
      duplicates: [],
      invalid: [],
      warnings: [],
      dryRun: false,
    });
    const { lead } = await (await server.ask(`/api/leads?id=${body.leadId}`)).json();
    expect(lead).toEqual({
      id: body.leadId,
      version: 1,
      firstName: 'Ann',
      lastName: 'Lee',
      email: 'ann@example.com',
      phone: '+12025550123',
      tags: [],
      customFields: [{ label: 'Industry', value: 'Tech' }],
      listIds: [listId],
      owner: null,
      doNotContact: false,
      source: 'api',
      createdAt: MOMENT,
      updatedAt: MOMENT,
    });
  });

  test('one invalid lead, and nothing of the call is written', async () => {
    const { email: _, ...nobody } = ANN;
    const answer = await server.send('POST', '/api/leads', { leads: [nobody] });
    expect(await answered(answer)).toEqual([
      400,
      {
        error: '1 of 1 leads is invalid: lead 0 has no email',
        code: 'INVALID_LEADS',
        details: [{ index: 0, field: 'email', code: 'email_missing', message: expect.any(String), value: '' }],
        requestId: answer.headers.get('X-Request-Id'),
      },
    ]);
    expect((await (await server.ask('/api/leads')).json()).pagination.totalCount).toBe(0);
  });

  test.each([
    ['firstName', { ...ANN, firstName: '' }, 'lead 0 has no first name'],
    ['lastName', { ...ANN, lastName: '' }, 'lead 0 has no last name'],
    ['phone', { ...ANN, phone: undefined }, 'lead 0 has no phone'],
    ['a wrong email', { ...ANN, email: 'ann' }, 'lead 0: An email needs an @'],
  ])('the sentence says what is wrong with %s', async (_, lead, words) => {
    const [, { error }] = await answered(await server.send('POST', '/api/leads', { leads: [lead] }));
    expect(error).toContain(`1 of 1 leads is invalid: ${words}`);
  });
  test.each([
    ['reachable', { firstName: 'Ann' }, 'lead 0 has no email, phone or LinkedIn profile'],
    ['reachable', { email: 'ann@example.com' }, 'lead 0 has no name'],
    ['any', { notes: 'x' }, 'lead 0 has no email, phone or name'],
  ])('and what is missing under the policy "%s"', async (require, lead, words) => {
    const [, { error }] = await answered(await server.send('POST', '/api/leads', { leads: [lead], require }));
    expect(error).toBe(`1 of 1 leads is invalid: ${words}`);
  });

  test('a list that does not exist', async () => {
    expect(await answered(await server.send('POST', '/api/leads', { leads: [ANN], listId: 'nowhere' }))).toEqual([
      404,
      expect.objectContaining({ code: 'LIST_NOT_FOUND' }),
    ]);
  });

  test('the same lead again, body as an alias, and a dry run', async () => {
    await server.send('POST', '/api/leads', { body: [ANN] });
    const [status, again] = await answered(await server.send('POST', '/api/leads', { body: [ANN] }));
    expect([status, again.duplicateOnly, again.duplicateCount, again.existingLeadIds]).toEqual([200, true, 1, [again.leadId]]);
    expect(again.duplicates).toMatchObject([
      { input: { email: 'ann@example.com' }, existingLead: { id: again.leadId }, matchedOn: 'email' },
    ]);
    const [dryStatus, dry] = await answered(
      await server.send('POST', '/api/leads', { leads: [{ ...ANN, email: 'bea@example.com', phone: '2025550144' }], dryRun: true }),
    );
    expect([dryStatus, dry.dryRun, dry.createdCount]).toEqual([200, true, 1]);
    expect((await (await server.ask('/api/leads')).json()).pagination).toEqual({ page: 1, limit: 50, totalCount: 1, totalPages: 1 });
  });

  test('a lead is changed, cleared and deleted', async () => {
    const [, { leadId }] = await answered(await server.send('POST', '/api/leads', { leads: [ANN] }));
    const [status, { lead }] = await answered(await server.send('PATCH', `/api/leads/${leadId}`, { companyName: 'Acme' }));
    expect([status, lead.companyName, lead.version]).toEqual([200, 'Acme', 2]);
    expect(await answered(await server.send('PATCH', `/api/leads/${leadId}`, { companyName: 'X', version: 1 }))).toEqual([
      409,
      expect.objectContaining({ code: 'CONFLICT' }),
    ]);
    expect((await answered(await server.send('PATCH', `/api/leads/${leadId}`, { companyName: null })))[1].lead.companyName).toBeUndefined();
    expect(await answered(await server.send('DELETE', '/api/leads', { ids: [leadId, 'somebody-else'] }))).toEqual([
      200,
      { deletedCount: 1 },
    ]);
    expect((await server.ask(`/api/leads?id=${leadId}`)).status).toBe(404);
  });

  test('pages by number and by cursor hold every lead once', async () => {
    const leads = Array.from({ length: 7 }, (_, n) => ({ ...ANN, email: `p${n}@example.com`, phone: `202555010${n}` }));
    await server.send('POST', '/api/leads', { leads });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { leads: { email: string }[]; nextCursor: string | null } = await (
        await server.ask(`/api/leads?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      ).json();
      seen.push(...page.leads.map((lead) => lead.email));
      cursor = page.nextCursor;
    }
    expect(seen.sort()).toEqual(leads.map((lead) => lead.email));
    const second = await (await server.ask('/api/leads?limit=3&page=3&sort=createdAt')).json();
    expect([second.leads.length, second.pagination]).toEqual([1, { page: 3, limit: 3, totalCount: 7, totalPages: 3 }]);
    for (const wrong of ['limit=0', 'limit=501', 'limit=x', 'page=0', 'sort=shoe', 'cursor=%00'])
      expect([wrong, (await server.ask(`/api/leads?${wrong}`)).status]).toEqual([wrong, 400]);
  });
});
