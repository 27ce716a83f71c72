import type { Act } from './act.ts';
import type { WorkspaceId } from './records.ts';
import type { ConnectionId } from './sync-records.ts';

/** Which lists' people become members of which campaigns of a CRM, when somebody asks. A deleted list is forgotten with it. */
export type CampaignStore = {
  /** Before people are made members; false = there is no such list. */
  linkCampaign(
    act: Act,
    connection: ConnectionId,
    link: Pick<CampaignLink, 'listId' | 'campaignId' | 'campaignName' | 'status'>,
  ): Promise<boolean>;
  /** How it ended. */
  tellCampaign(workspace: WorkspaceId, connection: ConnectionId, link: LinkName, outcome: CampaignOutcome): Promise<void>;
  /** The newest first. */
  listCampaignLinks(workspace: WorkspaceId, connection: ConnectionId): Promise<readonly CampaignLink[]>;
  /** Members stay members there; false = it was not remembered. */
  unlinkCampaign(workspace: WorkspaceId, connection: ConnectionId, link: LinkName): Promise<boolean>;
};

type LinkName = Pick<CampaignLink, 'listId' | 'campaignId'>;
export type CampaignLink = {
  readonly listId: string;
  readonly listName: string;
  /** By the CRM's ids and words. */
  readonly campaignId: string;
  readonly campaignName: string;
  /** Null = the campaign's default. */
  readonly status: string | null;
  readonly askedAt: number;
  /** Members of the list that came into it since. */
  readonly newcomers: number;
  /** Null until the end of the last asking is known. */
  readonly outcome: CampaignOutcome | null;
};
export type CampaignOutcome = { readonly [K in 'added' | 'already' | 'notThere' | 'suppressed' | 'failed']: number };
