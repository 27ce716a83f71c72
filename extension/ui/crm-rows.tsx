import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import { Icon } from './parts/icon.tsx';

type Plan = WorkspaceAnswer['plan'];
type CrmRowsProps = {
  /** Null while it is not known. */
  readonly plan: Plan | null;
  /** `place` is one of the workspace's addresses. */
  readonly onOpen: (place: string) => void;
};

const CRMS = [
  { id: 'hubspot', name: 'HubSpot', brings: 'Contacts, deals and activities, kept in step' },
  { id: 'salesforce', name: 'Salesforce', brings: 'Leads, contacts and campaigns, kept in step' },
] as const;

/** On the start screen: the CRMs that leads come from. What they need is said before; they are connected in the workspace. */
export function CrmRows({ plan, onOpen }: CrmRowsProps) {
  return (
    <ul class="pick">
      {CRMS.map(({ id, name, brings }) => (
        <li key={id}>
          <button type="button" onClick={() => onOpen(`#/connections?connect=${id}`)}>
            <span class="tile">
              <Icon name="plug" />
            </span>
            <span class="what">
              <span>{name}</span>
              <span>{plan === 'premium' ? brings : `Needs the premium plan and a ${name} account`}</span>
            </span>
            <Icon name="forward" tone="go" />
          </button>
        </li>
      ))}
    </ul>
  );
}
