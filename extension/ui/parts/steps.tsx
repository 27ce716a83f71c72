import { Icon, Weight } from './icon.tsx';

/** The six steps one sees; choosing a source comes before the first. */
export const STEP_NAMES = [
  ['read', 'Read'],
  ['map', 'Map'],
  ['check', 'Check'],
  ['preview', 'Preview'],
  ['importing', 'Import'],
  ['receipt', 'Receipt'],
] as const;
export type ShownStep = (typeof STEP_NAMES)[number][0];

type StepsProps = {
  readonly current: ShownStep;
  /** Null where there is no way back: the import is under way or done. */
  readonly onGo: ((step: ShownStep) => void) | null;
};

/** The lead line of steps: done ones are ways back, the weight hangs at the current one. */
export function Steps({ current, onGo }: StepsProps) {
  const at = STEP_NAMES.findIndex(([step]) => step === current);
  return (
    <nav aria-label="Steps of this import">
      <ol class="steps">
        <li class="steps-count" aria-hidden="true">
          <span>
            Step {at + 1} of {STEP_NAMES.length} · <b>{STEP_NAMES[at]?.[1]}</b>
          </span>
        </li>
        {STEP_NAMES.map(([step, name], index) => {
          if (index === at) {
            return (
              <li key={step} aria-current="step">
                <Weight />
                <span>{name}</span>
              </li>
            );
          }
          if (index > at) {
            return (
              <li key={step}>
                <span>{name}</span>
              </li>
            );
          }
          return (
            <li key={step} class="done">
              {onGo ? (
                <button type="button" onClick={() => onGo(step)}>
                  <Icon name="check" />
                  {name}
                </button>
              ) : (
                <span>
                  <Icon name="check" />
                  {name}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** The same as a plain bar of six, for a draft that waits. */
export function StepBar({ current }: { readonly current: ShownStep }) {
  const at = STEP_NAMES.findIndex(([step]) => step === current);
  return (
    <div class="step-bar" role="img" aria-label={`Step ${at + 1} of ${STEP_NAMES.length}, ${STEP_NAMES[at]?.[1] ?? ''}`}>
      {STEP_NAMES.map(([step], index) => (
        <i key={step} class={index <= at ? 'done' : undefined} />
      ))}
    </div>
  );
}
