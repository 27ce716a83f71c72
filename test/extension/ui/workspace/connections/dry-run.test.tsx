import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunStarted } from '#shared/api/connection-work.ts';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { FieldPair } from '#shared/crm/record.ts';
import { NEW_SETTINGS } from '#shared/crm/sync-settings.ts';
import { ConnectionState } from '../../../../../extension/ui/workspace/connections/connection-state.tsx';
import { DryRun } from '../../../../../extension/ui/workspace/connections/dry-run.tsx';
import { ranWords } from '../../../../../extension/ui/workspace/connections/run-words.ts';

const CONNECTION: ConnectionAnswer = {
  id: 'c1',
  provider: 'hubspot',
  account: { id: '1', name: 'Fernhill' },
  auth: 'oauth',
  loginHost: null,
  state: 'ok',
  pausedUntil: null,
  missingScopes: [],
  createdAt: '2026-05-18T12:00:00.000Z',
  createdBy: null,
  settings: NEW_SETTINGS,
  health: { linkedLeads: null, lastRun: null, nextRunAt: null, conflicts: null, errors: null, calls: null },
};
const STEP: RunStarted = {
  runId: 'r1',
  outcome: 'done',
  dryRun: true,
  here: { created: 0, updated: 0, removed: 0 },
  there: { created: 0, updated: 0, archived: 0, optOuts: 0 },
  creates: [],
  conflicts: 0,
  errors: 0,
  failure: null,
  startedAt: '2026-05-18T12:00:00.000Z',
  endedAt: null,
};

const PAIR: FieldPair = {
  id: 'p1',
  type: 'contact',
  local: { kind: 'field', id: 'email' },
  remote: 'email',
  label: 'Email',
  valueType: 'text',
  direction: 'both',
  rule: 'newest',
  trouble: null,
};

function show(foreseen: Partial<RunStarted>, pairs: readonly FieldPair[] = []): void {
  const nothing = () => undefined;
  const connection = { ...CONNECTION, settings: { ...NEW_SETTINGS, pairs: [...pairs] } };
  const props = { connection, isBusy: false, off: null, onDiscard: nothing, onApply: nothing };
  render(<DryRun foreseen={{ ...STEP, ...foreseen }} {...props} />);
}
afterEach(cleanup);

describe('a dry run', () => {
  test('that would change nothing says that both sides are in step', () => {
    show({});
    expect(screen.getByText(/Both sides are in step/)).toBeDefined();
  });

  test('names what is hidden from it, once, and never says then that nothing would change', () => {
    const failure = { kind: 'scope', code: 'email_hidden', message: 'lead' };
    show({ outcome: 'partly', failure, notices: [{ kind: 'email_hidden', type: 'lead', field: 'Email' }] });
    expect(screen.getAllByText(/“Email” of leads/)).toHaveLength(1);
    expect(screen.queryByText(/Both sides are in step/)).toBeNull();
    cleanup();
    show({ outcome: 'partly', failure: { kind: 'schema_drift', code: 'fields_vanished', message: 'Region, Budget' } });
    expect(screen.getByText(/Region, Budget/)).toBeDefined();
  });

  test.each([
    ['leads that would go', { here: { ...STEP.here, removed: 5 } }, /Leads removed: their records are gone in HubSpot/],
    ['records that would go', { there: { ...STEP.there, archived: 5 } }, /Records put in the bin: their leads were deleted here/],
    ['opt-outs that would be written', { there: { ...STEP.there, optOuts: 5 } }, /Records marked with our opt-outs/],
  ])('says of %s that they would, and never that nothing would change', (_, foreseen, words) => {
    show(foreseen);
    expect(screen.getByText(words)).toBeDefined();
    expect(screen.queryByText(/Both sides are in step/)).toBeNull();
    expect(screen.getByRole('button', { name: 'Apply 5 changes' })).toBeDefined();
    expect(ranWords({ ...STEP, ...foreseen }, 'HubSpot')).toMatch(/^In step: /);
  });

  test('counts by themselves who is left out, who comes or goes without a value, and what else would go wrong', () => {
    const left = { here: { nobody: 1, undecided: 2, withoutValue: 20 }, there: { refused: 3, withoutValue: 4 } };
    show({ errors: 31, left });
    const numbers = [...document.querySelectorAll('dt')].map((line) => [line.textContent, line.nextElementSibling?.textContent]);
    expect(numbers).toEqual(
      expect.arrayContaining([
        ['Records left out: no name, email or phone', '1'],
        ['Records left out until somebody decides about them', '2'],
        ['Records that come in, but without a value that no lead can hold', '20'],
        ['Leads left out: HubSpot requires a field that is blank here', '3'],
        ['Leads that go there, but without a value that HubSpot cannot hold', '4'],
      ]),
    );
    expect(screen.getByText(/1 other would stand under Errors/)).toBeDefined();
  });

  test.each([
    ['all fields ask', ['manual', 'manual'], 'Conflicts that wait for you'],
    ['no field asks', ['newest', 'crm'], 'Conflicts, decided by rule'],
    ['some fields ask', ['newest', 'manual'], 'Conflicts, decided by rule or waiting for you'],
  ] as const)('where %s, the conflicts are said to be decided so', (_, rules, words) => {
    show(
      { conflicts: 3 },
      rules.map((rule) => ({ ...PAIR, rule })),
    );
    expect(screen.getByText(words).nextElementSibling?.textContent).toBe('3');
  });

  test.each([
    ['that was cut off before it changed anything', {}, /^HubSpot was busy or away\..* Nothing was changed\.$/],
    [
      'that was cut off after some',
      { here: { ...STEP.here, updated: 2 } },
      /^HubSpot was busy or away\..* What was done: 2 here, 0 in HubSpot\.$/,
    ],
  ])('a run %s says so first, and never that both sides are in step', (_, ran, words) => {
    const failure = { kind: 'transient', code: 'ECONNREFUSED', message: '' };
    expect(ranWords({ ...STEP, dryRun: false, outcome: 'partly', failure, ...ran }, 'HubSpot')).toMatch(words);
  });

  test.each([
    ['done', 'In step'],
    ['partly', 'Last run incomplete'],
    ['stopped', 'Last run incomplete'],
    ['failed', 'Last run incomplete'],
    ['running', 'Running'],
  ] as const)('after a run that is %s the badge says “%s”', (outcome, words) => {
    const lastRun = { id: 'r1', outcome, startedAt: STEP.startedAt, endedAt: null, changes: 0 };
    const settings = { ...NEW_SETTINGS, pairs: [PAIR] };
    render(<ConnectionState connection={{ ...CONNECTION, settings, health: { ...CONNECTION.health, lastRun } }} />);
    expect(screen.getByText(words)).toBeDefined();
  });

  test('names who would be new there, each with a link to the lead, and says how many more there are', () => {
    show({
      there: { ...STEP.there, created: 3 },
      creates: [
        { leadId: 'l1', name: 'Ann Lee' },
        { leadId: 'l2', name: '' },
      ],
    });
    expect(screen.getByText('Show who would be new in HubSpot')).toBeDefined();
    expect(screen.getByText('Ann Lee').getAttribute('href')).toContain('l1');
    expect(screen.getByText('and 1 more lead')).toBeDefined();
  });
});
