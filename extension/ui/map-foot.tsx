import { count } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { Foot } from './parts/foot.tsx';

type MapFootProps = {
  readonly counts: MapCounts;
  /** The primary button names its effect. */
  readonly next: string;
  readonly off: string | null;
  readonly onBack: () => void;
  readonly onNext: () => void;
};

/** Columns by what becomes of them, and fixed values. */
export type MapCounts = {
  readonly matched: number;
  readonly open: number;
  readonly custom: number;
  readonly ignored: number;
  readonly fixed: number;
};

const WORDS = [
  ['matched', 'matched'],
  ['open', 'open'],
  ['custom', 'custom'],
  ['ignored', 'left out'],
  ['fixed', 'fixed'],
] as const satisfies readonly (readonly [keyof MapCounts, string])[];

/** What the columns add up to, and the way on. */
export function MapFoot({ counts, next, off, onBack, onNext }: MapFootProps) {
  return (
    <Foot
      tally={WORDS.filter(([kind]) => kind === 'matched' || counts[kind] > 0).map(([kind, word]) => (
        <span key={kind}>
          <b class="num">{count(counts[kind])}</b> {word}
        </span>
      ))}
    >
      <Button look="quiet" onClick={onBack}>
        Back
      </Button>
      <Button look="primary" after="arrow" off={off} onClick={onNext}>
        {next}
      </Button>
    </Foot>
  );
}
