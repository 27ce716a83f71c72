import type { Store } from '../store.ts';
import { claimAnswer, dropClaim, keepAnswer } from './answers.ts';
import { readAudit, writeAudit } from './audit.ts';
import * as campaigns from './campaigns.ts';
import { changeLead } from './change-lead.ts';
import { changeLeads } from './change-leads.ts';
import { type Connection, translateError } from './connection.ts';
import { noteCalls, readCalls } from './crm-calls.ts';
import * as connections from './crm-connections.ts';
import { readHealth } from './crm-health.ts';
import * as tokens from './crm-tokens.ts';
import { decideAlike, decideRows } from './decide-rows.ts';
import { deleteLeads } from './delete-leads.ts';
import { findLeads, selectLeads } from './find-leads.ts';
import { forgetOriginals, voidClaims } from './housekeeping.ts';
import { cancelImport, completeImport, putImport } from './import-states.ts';
import * as invites from './invites.ts';
import * as keys from './keys.ts';
import * as lists from './lists.ts';
import * as templates from './mapping-templates.ts';
import { matchKeys, matchLeads, matchSuppressed } from './match-keys.ts';
import * as members from './members.ts';
import { overwriteDeleted } from './overwrite-deleted.ts';
import { listImports, readImport, readImportRows, readPolicy } from './read-imports.ts';
import { customLabelsInUse, readLead, readLeadsAfter } from './read-leads.ts';
import { readTimeline } from './read-timeline.ts';
import { listRecordsOfList } from './records-of-list.ts';
import { saveBatch } from './save-batch.ts';
import * as settings from './settings.ts';
import { beginSignIn, takeSignIn } from './sign-ins.ts';
import { storeChunk } from './store-chunk.ts';
import * as suppressions from './suppressions.ts';
import { readLeadInCrm } from './sync-side.ts';
import { createSync } from './sync-store.ts';
import { tryUndo, undoStep } from './undo-import.ts';
import * as workspaces from './workspaces.ts';

/** The store over one open database. A serving process voids what a former one left undone. */
export function createStore(cx: Connection, process: { readonly release: () => void; readonly isServing: boolean }): Store {
  if (process.isServing) voidClaims(cx);
  const operation =
    <A extends readonly unknown[], T>(work: (cx: Connection, ...args: A) => T) =>
    async (...args: A): Promise<T> => {
      try {
        return work(cx, ...args);
      } catch (error) {
        throw translateError(error);
      }
    };
  return {
    ...createSync(operation),
    ensureWorkspace: operation(workspaces.ensureWorkspace),
    readWorkspace: operation(workspaces.readWorkspace),
    changeWorkspace: operation(workspaces.changeWorkspace),
    listMembers: operation(members.listMembers),
    changeMember: operation(members.changeMember),
    removeMember: operation(members.removeMember),
    addInvite: operation(invites.addInvite),
    listInvites: operation(invites.listInvites),
    revokeInvite: operation(invites.revokeInvite),
    acceptInvite: operation(invites.acceptInvite),
    addAudit: operation(writeAudit),
    readAudit: operation(readAudit),
    addKey: operation(keys.addKey),
    findKey: operation(keys.findKey),
    markKeyUsed: operation(keys.markKeyUsed),
    listKeys: operation(keys.listKeys),
    revokeKey: operation(keys.revokeKey),
    addPairingCode: operation(keys.addPairingCode),
    takePairingCode: operation(keys.takePairingCode),
    listConnections: operation(connections.listConnections),
    listAllConnections: operation(connections.listAllConnections),
    readConnection: operation(connections.readConnection),
    readPastConnection: operation(connections.readPastConnection),
    findAccount: operation(connections.findAccount),
    connect: operation(connections.connect),
    disconnect: operation(connections.disconnect),
    pauseConnection: operation(connections.pauseConnection),
    pauseForQuota: operation(connections.pauseForQuota),
    noteMissingScopes: operation(connections.noteMissingScopes),
    forgetMissingScopes: operation(connections.forgetMissingScopes),
    readHealth: operation(readHealth),
    noteCalls: operation(noteCalls),
    readCalls: operation(readCalls),
    listRecordsOfList: operation(listRecordsOfList),
    linkCampaign: operation(campaigns.linkCampaign),
    tellCampaign: operation(campaigns.tellCampaign),
    listCampaignLinks: operation(campaigns.listCampaignLinks),
    unlinkCampaign: operation(campaigns.unlinkCampaign),
    readTokens: operation(tokens.readTokens),
    replaceTokens: operation(tokens.replaceTokens),
    needsReconnect: operation(tokens.needsReconnect),
    listSealingKeys: operation(tokens.listSealingKeys),
    listSealedOtherwise: operation(tokens.listSealedOtherwise),
    resealTokens: operation(tokens.resealTokens),
    forgetTokens: operation(tokens.forgetTokens),
    beginSignIn: operation(beginSignIn),
    takeSignIn: operation(takeSignIn),
    listLists: operation(lists.listLists),
    addList: operation(lists.addList),
    renameList: operation(lists.renameList),
    deleteList: operation(lists.deleteList),
    findLeads: operation(findLeads),
    readLead: operation(readLead),
    readLeadsAfter: operation(readLeadsAfter),
    customLabelsInUse: operation(customLabelsInUse),
    changeLead: operation(changeLead),
    deleteLeads: operation(deleteLeads),
    selectLeads: operation(selectLeads),
    changeLeads: operation(changeLeads),
    readTimeline: operation(readTimeline),
    readLeadInCrm: operation(readLeadInCrm),
    matchKeys: operation(matchKeys),
    matchLeads: operation(matchLeads),
    matchSuppressed: operation(matchSuppressed),
    listCustomFields: operation(settings.listCustomFields),
    addCustomField: operation(settings.addCustomField),
    listTags: operation(settings.listTags),
    readSuppressions: operation(suppressions.readSuppressions),
    addSuppressions: operation(suppressions.addSuppressions),
    removeSuppressions: operation(suppressions.removeSuppressions),
    listTemplates: operation(templates.listTemplates),
    readTemplate: operation(templates.readTemplate),
    addTemplate: operation(templates.addTemplate),
    changeTemplate: operation(templates.changeTemplate),
    deleteTemplate: operation(templates.deleteTemplate),
    readRemembered: operation(templates.readRemembered),
    putImport: operation(putImport),
    readPolicy: operation(readPolicy),
    storeChunk: operation(storeChunk),
    saveBatch: operation(saveBatch),
    completeImport: operation(completeImport),
    cancelImport: operation(cancelImport),
    decideRows: operation(decideRows),
    decideAlike: operation(decideAlike),
    undoStep: operation(undoStep),
    tryUndo: operation(tryUndo),
    readImport: operation(readImport),
    listImports: operation(listImports),
    readImportRows: operation(readImportRows),
    claimAnswer: operation(claimAnswer),
    keepAnswer: operation(keepAnswer),
    dropClaim: operation(dropClaim),
    forgetOriginals: operation(forgetOriginals),
    checkpoint: operation(overwriteDeleted),
    close: operation(() => {
      if (process.isServing && cx.client.open) overwriteDeleted(cx);
      cx.client.close();
      process.release();
    }),
  };
}
