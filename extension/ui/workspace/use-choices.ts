import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ImportState } from '#shared/api/imports.ts';
import type { Member, TagCount } from '../../platform/lead-api.ts';
import type { Workspace } from './workspace.ts';

/** What leads can be filtered by, beside lists. What the server did not tell is empty: the leads do not wait for it. */
export type Choices = {
  readonly tags: readonly TagCount[];
  readonly members: readonly Member[];
  readonly imports: readonly ImportState[];
};

const NONE: Choices = { tags: [], members: [], imports: [] };

/** Asked for once per page; `again` after tags have changed. */
export function useChoices({ leads }: Pick<Workspace, 'leads'>): readonly [Choices, () => void] {
  const [choices, setChoices] = useState(NONE);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void Promise.all([leads.tags(), leads.members(), leads.imports()]).then(([tags, members, imports]) => {
      if (!isCurrent) return;
      setChoices((old) => ({
        tags: tags.ok ? tags.value : old.tags,
        members: members.ok ? members.value : old.members,
        imports: imports.ok ? imports.value : old.imports,
      }));
    });
    return () => {
      isCurrent = false;
    };
  }, [leads, attempt]);
  return [choices, useCallback(() => setAttempt((number) => number + 1), [])];
}
