import type { RecordType } from '#shared/crm/record.ts';
import type { NewSyncError } from './sync-records.ts';

/**
 * Two leads that are one record in the CRM: nothing is made or moved before a person says what they are. `type`: the kind of
 * record the lead waits as; the record itself may be of another.
 */
export function twoLeads(type: RecordType, leadId: string, remoteId: string, remoteType: RecordType = type): NewSyncError {
  const matches = [{ type: remoteType, id: remoteId, title: '' }];
  return {
    type,
    leadId,
    remoteId: null,
    stage: 'push',
    failure: { kind: 'duplicate', code: 'two_leads', message: '', matches },
    nextAt: null,
  };
}
