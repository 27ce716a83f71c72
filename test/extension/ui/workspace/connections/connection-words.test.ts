import { describe, expect, test } from 'vitest';
import type { SyncErrorAnswer } from '#shared/api/connection-work.ts';
import { errorWords, setWords } from '../../../../../extension/ui/workspace/connections/connection-words.ts';
import { runFailureWords } from '../../../../../extension/ui/workspace/connections/run-words.ts';
import { FAILURE_KINDS } from '../../../../../shared/crm/failure.ts';

type Failure = SyncErrorAnswer['failure'];
const failure = (kind: Failure['kind'], code: string, rest: Partial<Failure> = {}): Failure => ({ kind, code, message: '', ...rest });

describe('what keeps records out is said in words', () => {
  test.each([
    [
      'a value HubSpot has no choice for',
      failure('validation', 'INVALID_OPTION', { field: 'Lead status', message: 'Not allowed' }),
      /“Lead status”: “Not allowed”\./,
    ],
    ['nothing to reach them by', failure('validation', 'no_contact'), /^no name, email or phone/],
    ['the same, as an import found it', failure('validation', 'unreachable'), /^no name, email or phone/],
    ['nobody at all, as an import found it', failure('validation', 'nobody'), /^no name, email or phone\. Fill one in HubSpot/],
    ['a cell that is too long for us', failure('validation', 'cell_too_large'), /^too long for Leadline\. Shorten it in HubSpot/],
    ['a number that is none', failure('validation', 'phone_invalid'), /^nothing Leadline takes in as it is\. Correct it in HubSpot/],
    [
      'a field that is required there and blank here',
      failure('validation', 'REQUIRED_FIELD_MISSING', { field: 'Company', message: 'Required fields are missing: [Company]' }),
      /^HubSpot requires “Company”, which is blank here\. Fill it, and the next run sends it\.$/,
    ],
    ['rows of an import to decide', failure('duplicate', 'in_review'), /receipt of the import/],
    [
      'a value no lead can hold',
      failure('validation', 'value_unfit', { field: 'Phone', message: '' }),
      /“Phone” is nothing a lead can hold/,
    ],
    [
      'a field that a person account has not',
      failure('validation', 'PERSON_ACCOUNT_FIELD', { field: 'Department' }),
      /person account of .* has no “Department”.*Field map/,
    ],
    ['one lead that is two records there', failure('duplicate', 'two_records'), /Merge the two there/],
    [
      'a record that is not shared any more',
      failure('gone', 'record_unseen'),
      /^hidden in .* no longer shared.*Nothing is lost here, and nothing is sent\. Share it/,
    ],
    ['a contact that is not shared', failure('moved', 'survivor_unseen'), /became a contact.*goes on as that contact/],
    ['somebody like them is there, unseen', failure('duplicate', 'CONFLICT'), /names no person\..*save it anyway/],
    [
      'somebody like them is there',
      failure('duplicate', 'CONFLICT', { matches: [{ type: 'lead', id: '00Q1', title: '', url: null }] }),
      /Say which record it is, or save it anyway/,
    ],
    ['a change would make two alike', failure('duplicate', 'CONFLICT', { isChange: true }), /stopped this change.*Save it anyway/],
    [
      'a text that is too long there',
      failure('validation', 'value_too_long', { field: 'Title', message: '' }),
      /“Title” is too long for that field of HubSpot, so the rest went without it\. Shorten it here/,
    ],
    ['an approval', failure('held', 'ENTITY_IS_LOCKED'), /^locked in .*approval.*sent by itself/],
    ['an owner who left', failure('held', 'INACTIVE_OWNER_OR_USER'), /no longer active.*another owner there, or ask an admin/],
    [
      'a lookup whose record is not there',
      failure('validation', 'lookup_gone', { field: 'Partner', message: '001A' }),
      /“Partner” names “001A”, but HubSpot has no such record.*Choose another here/,
    ],
    [
      'one of several lookups',
      failure('validation', 'lookup_gone', { message: '' }),
      /^a field names another record that is not in HubSpot/,
    ],
    [
      'a rule that lets nobody save a second one',
      failure('duplicate', 'DUPLICATES_DETECTED', { isBlocked: true, matches: [{ type: 'lead', id: '00Q1', title: 'Ann', url: null }] }),
      /an admin of .* allows no exceptions, and there is somebody like that already\. Say which record it is\.$/,
    ],
    [
      'the same of a change',
      failure('duplicate', 'DUPLICATES_DETECTED', { isBlocked: true, isChange: true }),
      /stopped this change and allows no exceptions.*Change the lead/,
    ],
    [
      'the same where it found but a company',
      failure('duplicate', 'DUPLICATES_DETECTED', { isBlocked: true, matches: [{ type: 'account', id: '001', title: 'F', url: null }] }),
      /does not show whom it found/,
    ],
    [
      'a value that only one may have',
      failure('duplicate', 'CONFLICT', {
        isUnique: true,
        field: 'Customer No',
        matches: [{ type: 'lead', id: '00Q1', title: '', url: null }],
      }),
      /record 00Q1 of HubSpot has the same value in “Customer No”.*Say that it is/,
    ],
    [
      'a missing right is named',
      failure('scope', 'MISSING_SCOPES', { missingScopes: ['crm.objects.contacts.write'] }),
      /crm\.objects\.contacts\.write/,
    ],
  ])('%s', (_, told, words) => {
    expect(errorWords({ failure: told, nextAt: null }, 'HubSpot')).toMatch(words);
  });

  test('what passes by itself is said to', () => {
    const busy = failure('transient', '503');
    expect(errorWords({ failure: busy, nextAt: '2026-05-18T12:00:00Z' }, 'HubSpot')).toMatch(/by itself/);
    expect(errorWords({ failure: busy, nextAt: null }, 'HubSpot')).toMatch(/Waiting for you/);
  });

  test('a run that stopped to ask says what for, never a bare number', () => {
    expect(runFailureWords({ kind: 'changed', code: 'too_many_creates', message: '120' }, 'HubSpot')).toMatch(
      /^120 new records in HubSpot wait/,
    );
    expect(runFailureWords({ kind: 'changed', code: 'too_many_removals', message: '30' }, 'HubSpot')).toMatch(/^30 deletions/);
    expect(runFailureWords({ kind: 'changed', code: 'too_many_cleared', message: '30' }, 'HubSpot')).toMatch(
      /^30 fields emptied in HubSpot/,
    );
    expect(runFailureWords({ kind: 'gone', code: 'scope_gone', message: 'Fair' }, 'HubSpot')).toMatch(/^HubSpot has no “Fair” any more/);
    expect(runFailureWords({ kind: 'transient', code: 'interrupted', message: '' }, 'HubSpot')).toMatch(/^Leadline’s server stopped\./);
    for (const kind of FAILURE_KINDS.filter((each) => each !== 'bug'))
      expect(runFailureWords({ kind, code: 'CODE', message: '' }, 'HubSpot')).not.toContain('CODE');
    expect(runFailureWords({ kind: 'bug', code: 'OTHER', message: '' }, 'HubSpot')).toBe('“OTHER”.');
    expect(runFailureWords({ kind: 'scope', code: 'MISSING_SCOPES', message: '' }, 'HubSpot')).toMatch(/^A right is missing in HubSpot/);
    expect(runFailureWords({ kind: 'scope', code: 'field_hidden', message: 'Lead.IsConverted' }, 'Salesforce')).toMatch(
      /^Salesforce hides Lead\.IsConverted, /,
    );
    expect(runFailureWords({ kind: 'scope', code: 'kind_hidden', message: 'contact' }, 'Salesforce')).toMatch(
      /no longer lets whoever connected see contacts; .* Give the right back, or choose only the others under Scope\.$/,
    );
  });
});

describe('a side of a conflict', () => {
  const now = new Date(2026, 4, 18, 12).getTime();
  const at = new Date(2026, 4, 18, 9, 12).toISOString();
  test.each([
    ['says when and by whom, where both are known', at, 'Ben Carter', 'Leadline, 9:12 AM, Ben Carter'],
    ['says when, where nobody is known', at, null, 'Leadline, 9:12 AM'],
    ['says no more than is known', null, null, 'Leadline'],
  ])('%s', (_, moment, by, words) => {
    expect(setWords('Leadline', moment, by, now)).toBe(words);
  });
});
