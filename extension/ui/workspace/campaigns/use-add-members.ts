import { useState } from 'preact/hooks';
import type { MembersAnswer } from '#shared/api/campaigns.ts';
import { failureWords } from '../failure-words.ts';
import type { Workspace } from '../workspace.ts';

export type Membership = {
  readonly connectionId: string;
  readonly campaignId: string;
  readonly listId: string;
  readonly status: string | null;
};
export type AddMembers = {
  readonly isBusy: boolean;
  readonly trouble: string | null;
  readonly done: MembersAnswer | null;
  readonly add: (membership: Membership) => Promise<void>;
};

/** Makes the people of a list members of a campaign, once for each click. */
export function useAddMembers({ server }: Workspace, onDone: () => void): AddMembers {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [done, setDone] = useState<MembersAnswer | null>(null);
  const add = async ({ connectionId, campaignId, listId, status }: Membership) => {
    setBusy(true);
    setTrouble(null);
    setDone(null);
    const body = status === null ? { listId } : { listId, status };
    const answer = await server.ask('addToCampaign', { params: { id: connectionId, campaignId }, body });
    setBusy(false);
    if (!answer.ok) return setTrouble(failureWords(answer.error));
    setDone(answer.value);
    onDone();
  };
  return { isBusy, trouble, done, add };
}
