import type { Crm, NarrowScope } from '../../server/crm/adapter.ts';
import type { RecordType } from '../../shared/crm/record.ts';
import type { SideKind } from '../../shared/crm/side-item.ts';

export type Values = Readonly<Record<string, string>>;
/** A CRM with one account, and what people and misfortune do there. What a real account cannot be made to do is null. */
export type CrmWorld = {
  readonly crm: Crm;
  readonly type: RecordType;
  /** The CRM's names of the fields the rules are tried on. */
  readonly names: { readonly first: string; readonly last: string; readonly email: string; readonly phone: string };
  /** What a record cannot be made without, beside a last name. */
  readonly needed: Values;
  readonly people: {
    readonly edit: (id: string, values: Values) => Promise<void>;
    readonly archive: (id: string) => Promise<void>;
    readonly purge: ((id: string) => Promise<void>) | null;
    /** Some CRMs answer the same of what is only hidden. */
    readonly purgedAs: 'purged' | 'unseen';
    /** Gives the survivor's id. */
    readonly merge: ((winner: string, loser: string) => Promise<string>) | null;
    /** A list, campaign or the like that holds these records. */
    readonly gather: ((name: string, ids: readonly string[]) => Promise<NarrowScope>) | null;
    readonly optOut: ((id: string) => Promise<void>) | null;
    /** A deal, a membership … that hangs on a record, and how it goes to the bin. */
    readonly hang: ((id: string) => { readonly kind: SideKind; readonly id: string; readonly drop: () => void }) | null;
  };
  /** The next write is done and its answer lost; or neither sent on nor answered. */
  readonly loseReply: (() => void) | null;
  readonly drop: (() => void) | null;
  /** The token in use runs out. */
  readonly expire: (() => void) | null;
  /** Time goes by: as given, or until every change is seen by `listChanged`. */
  readonly settle: (ms?: number) => Promise<void>;
  /** By the CRM's clock. */
  readonly now: () => number;
  /** Where the contract notes how long a change stayed unseen (ms). */
  readonly lags?: number[];
  /** Takes our unique field away again, where the contract made it. */
  readonly removeKeyField?: () => Promise<unknown>;
  readonly end: () => Promise<void>;
};
