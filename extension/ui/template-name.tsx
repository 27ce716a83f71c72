import type { ComponentProps } from 'preact';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { NameForm } from './parts/name-form.tsx';
import { troubleOf } from './server-trouble.ts';

/** Asks for the name of a template. */
export function TemplateName(props: Omit<ComponentProps<typeof NameForm>, 'troubleOf'>) {
  return <NameForm {...props} troubleOf={templateTrouble} />;
}

/** Why a template was not saved, renamed or dropped. */
export function templateTrouble(failure: ServerFailure, name: string): string {
  if (failure.kind === 'conflict') return `There is a template “${name}” already. Choose another name.`;
  if (failure.kind === 'notFound') return `Somebody has deleted “${name}” meanwhile.`;
  const { fact, advice } = troubleOf(failure);
  return `${fact} ${advice}`;
}
