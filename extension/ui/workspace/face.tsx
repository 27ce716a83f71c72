import { initialsOf } from './lead-name.ts';

/** A round mark with initials, beside a name that says the same. */
export function Face({ name, big }: { readonly name: string; readonly big?: boolean }) {
  return (
    <span class={big ? 'face big' : 'face'} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
