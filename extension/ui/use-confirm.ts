import { useEffect, useRef, useState } from 'preact/hooks';
import type { PlanView, UserEvent } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';

export type Confirm = {
  /** A field's value on its way to the draft: a click on Import waits for it. */
  readonly save: (event: UserEvent) => void;
  readonly click: () => void;
  /** The click is remembered until the new plan is there. */
  readonly waits: boolean;
};

/**
 * The click on Import. One that comes while a field is saved or the plan made again (whoever leaves a field by that click
 * does both) is not lost: it goes on by itself when the new plan writes as much as the one on the screen did, and lapses
 * when it does not, so that nothing is written that nobody has seen.
 */
export function useConfirm(flow: ImportFlow, plan: PlanView, isOff: boolean): Confirm {
  const [wanted, setWanted] = useState<PlanView | null>(null);
  const [saving, setSaving] = useState(0);
  const saves = useRef(0); // at once, for a click before the next drawing

  useEffect(() => {
    if (wanted === null || (!isOff && (saving > 0 || !isNow(flow, plan)))) return;
    setWanted(null);
    if (!isOff && writesTheSame(wanted, plan)) void flow.confirm();
  }); // after every drawing: it is behind what the flow knows

  const count = (by: 1 | -1) => {
    saves.current += by;
    setSaving(saves.current);
  };
  return {
    save: (event) => {
      count(1);
      void flow.send(event).finally(() => count(-1));
    },
    click: () => {
      if (saves.current > 0 || !isNow(flow, plan)) setWanted(plan);
      else void flow.confirm();
    },
    waits: wanted !== null,
  };
}

/** A screen is drawn a moment after the flow has changed. */
function isNow(flow: ImportFlow, plan: PlanView): boolean {
  const { draft } = flow.view();
  return 'plan' in draft && draft.plan === plan;
}

function writesTheSame(a: PlanView, b: PlanView): boolean {
  return a.updates === b.updates && JSON.stringify(a.summary.decisions) === JSON.stringify(b.summary.decisions);
}
