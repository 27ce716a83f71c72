import type { RecordType } from './record.ts';

export const SIDE_KINDS = ['deal', 'call', 'email', 'meeting', 'note', 'task', 'opportunity', 'campaign_member'] as const;
export type SideKind = (typeof SIDE_KINDS)[number];
/** Read-only company of a lead on its timeline. `facts` in the order they are shown; labels are the CRM's. */
export type SideItem = {
  readonly kind: SideKind;
  readonly id: string;
  readonly title: string;
  readonly at: number;
  readonly modifiedAt: number;
  readonly facts: readonly { readonly name: SideFact; readonly value: string }[];
  readonly of: readonly { readonly type: RecordType; readonly id: string }[];
  readonly isGone: boolean;
};
export type SideFact =
  | 'pipeline'
  | 'stage'
  | 'amount'
  | 'currency'
  | 'close_date'
  | 'probability'
  | 'status'
  | 'direction'
  | 'body'
  | 'due'
  | 'outcome'
  | 'responded'
  | 'campaign'
  | 'role';
