import { useMemo, useRef } from 'preact/hooks';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import { FIELDS } from '#shared/lead/fields.ts';
import { type DoneEdit, type EditTrouble, editLead } from '../../../flow/workspace/edit-lead.ts';
import type { LeadPatch, Member } from '../../../platform/lead-api.ts';
import { editTroubleWords } from '../edit-trouble.ts';
import { nameOf } from '../lead-name.ts';
import type { Workspace } from '../workspace.ts';

/** Changing leads in place. */
export type LeadEdits = {
  readonly members: readonly Member[];
  /** Stores a change; null when it is stored, else why not. */
  readonly save: (lead: LeadAnswer, patch: LeadPatch) => Promise<EditTrouble | null>;
  /** Takes the last change back. */
  readonly undo: () => void;
};

/** Edits whose results go to `put`; the last one can be taken back. */
export function useEdits(workspace: Workspace, members: readonly Member[], put: (lead: LeadAnswer) => void): LeadEdits {
  const last = useRef<DoneEdit | null>(null);
  const newest = useRef({ workspace, put });
  newest.current = { workspace, put };
  return useMemo(() => {
    const undo = async () => {
      const done = last.current;
      if (!done) return;
      last.current = null;
      const { workspace, put } = newest.current;
      const undone = await editLead(workspace.leads, done.lead, done.before);
      if (undone.ok) {
        put(undone.value.lead);
        workspace.tell({ text: `${labelOf(done.before)} of ${nameOf(undone.value.lead)} is as it was.` });
      } else {
        if (undone.error.kind === 'conflict') put(undone.error.now);
        workspace.tell({ text: `Not taken back. ${editTroubleWords(undone.error)}`, tone: 'bad' });
      }
    };
    const save = async (lead: LeadAnswer, patch: LeadPatch) => {
      const { workspace, put } = newest.current;
      const stored = await editLead(workspace.leads, lead, patch);
      if (!stored.ok) {
        if (stored.error.kind === 'conflict') put(stored.error.now);
        return stored.error;
      }
      last.current = stored.value;
      put(stored.value.lead);
      workspace.tell({ text: `${labelOf(patch)} of ${nameOf(stored.value.lead)} changed.`, undo: () => void undo() });
      return null;
    };
    return { members, save, undo: () => void undo() };
  }, [members]);
}

function labelOf(patch: LeadPatch): string {
  const [field] = Object.keys(patch).filter((key) => key !== 'version');
  if (field === 'ownerEmail') return 'Owner';
  if (field === 'customFields') return 'A custom field';
  return field && field in FIELDS ? FIELDS[field as keyof typeof FIELDS].label : 'A field'; // a key of FIELDS, looked up just before
}
