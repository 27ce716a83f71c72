import type { RepairStep } from '#shared/plan/repair.ts';
import { countOf } from './numbers.ts';
import { Button } from './parts/button.tsx';

type ChosenProps = {
  readonly chosen: ReadonlySet<number>;
  readonly onFix: (step: RepairStep) => void;
  readonly onNone: () => void;
};

/** What can be done with the rows chosen. */
export function CheckChosen({ chosen, onFix, onNone }: ChosenProps) {
  if (chosen.size === 0) return null;
  const lines = [...chosen].sort((a, b) => a - b);
  const act = (kind: 'exclude' | 'include') => {
    onFix({ kind, lines });
    onNone();
  };
  return (
    <div class="toast">
      <span class="strong">{countOf(chosen.size, 'row')} chosen</span>
      <Button small onClick={() => act('exclude')}>
        Exclude
      </Button>
      <Button small onClick={() => act('include')}>
        Include again
      </Button>
      <Button small look="quiet" onClick={onNone}>
        Choose none
      </Button>
    </div>
  );
}
