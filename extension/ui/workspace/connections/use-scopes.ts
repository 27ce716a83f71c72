import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ScopesAnswer } from '#shared/api/connection-work.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { ok } from '#shared/result.ts';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';

/** How long somebody has stopped typing before the CRM is asked. */
const TYPED_MS = 300;

/** What a connection can be narrowed to, as it is searched for. */
export type Scopes = {
  /** What was told without a search; null while it is on its way. */
  readonly told: ScopesAnswer | null;
  /** What fits the text, as far as it is known. */
  readonly found: ScopesAnswer['scopes'];
  readonly text: string;
  /** The CRM has more that fits. */
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly failure: ServerFailure | null;
  readonly again: () => void;
  readonly search: (text: string) => void;
};

/** Asks once for all; where the CRM has more than that, what is typed is searched for there. */
export function useScopes({ server }: Pick<Workspace, 'server'>, id: string): Scopes {
  const all = useAsked(() => server.ask('connectionLists', { params: { id } }), [server, id]);
  const [text, setText] = useState('');
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (text === typed) return;
    const timer = setTimeout(() => setTyped(text), text === '' ? 0 : TYPED_MS);
    return () => clearTimeout(timer);
  }, [text, typed]);
  const isPart = all.value?.hasMore ?? false;
  const sought = isPart ? typed : '';
  const more = useAsked<ScopesAnswer | null>(
    async () => (sought === '' ? ok(null) : server.ask('connectionLists', { params: { id }, query: { search: sought } })),
    [server, id, sought],
  );
  const isSought = isPart && text !== '';
  const isAsked = typed === text;
  const isAnswered = isAsked && more.value !== null;
  const found = useMemo(
    () => mergeScopes(scopesNamed(all.value?.scopes ?? [], text), isSought && isAnswered ? (more.value?.scopes ?? []) : []),
    [all.value, more.value, text, isSought, isAnswered],
  );
  return {
    told: all.value,
    found,
    text,
    hasMore: isSought ? isAnswered && (more.value?.hasMore ?? false) : isPart,
    isBusy: all.value === null ? all.failure === null : isSought && !isAnswered && (!isAsked || more.failure === null),
    failure: all.failure ?? (isSought && isAsked ? more.failure : null),
    again: all.failure ? all.again : more.again,
    search: (next) => setText(next.trim()),
  };
}

/** Those whose names hold a text, in whatever case. */
function scopesNamed(scopes: ScopesAnswer['scopes'], text: string): ScopesAnswer['scopes'] {
  const part = text.toLocaleLowerCase();
  return part === '' ? scopes : scopes.filter(({ scope }) => scope.name.toLocaleLowerCase().includes(part));
}

/** What was found here and by the CRM, each once. */
function mergeScopes(here: ScopesAnswer['scopes'], there: ScopesAnswer['scopes']): ScopesAnswer['scopes'] {
  const known = new Set(here.map(keyOf));
  return [...here, ...there.filter((one) => !known.has(keyOf(one)))];
}

function keyOf({ type, scope: { kind, id } }: ScopesAnswer['scopes'][number]): string {
  return `${type} ${kind} ${id}`;
}
