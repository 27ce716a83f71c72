import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { BrokenScreen } from './broken-screen.tsx';

/** The one place where a bug of a screen is caught. */
export function Guarded({ children }: { readonly children: ComponentChildren }) {
  const [error] = useErrorBoundary((bug) => console.error(bug));
  return error ? <BrokenScreen onReload={() => location.reload()} /> : children;
}
