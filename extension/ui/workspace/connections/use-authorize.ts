import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import { failureWords } from '../failure-words.ts';
import type { Workspace } from '../workspace.ts';

/** How often it is looked whether the person has said yes. */
const LOOK_MS = 1_500;

export type Authorize = {
  readonly state: 'idle' | 'asking' | 'waiting';
  readonly trouble: string | null;
  /** Opens the CRM's consent in a tab and calls back once the connection is there, or is open again. */
  readonly start: (
    input: { readonly loginHost?: string; readonly connectionId?: string },
    onConnected: (connection: ConnectionAnswer) => void,
  ) => void;
  readonly cancel: () => void;
};

/** Sign-in at a CRM happens in a tab of its own, and the server hears of it: here it is only waited for. */
export function useAuthorize(
  { server, host }: Workspace,
  provider: ConnectionAnswer['provider'],
  known: readonly ConnectionAnswer[],
): Authorize {
  const [state, setState] = useState<Authorize['state']>('idle');
  const [trouble, setTrouble] = useState<string | null>(null);
  const attempt = useRef(0);
  useEffect(() => () => void attempt.current++, []);

  const start: Authorize['start'] = async (input, onConnected) => {
    const mine = ++attempt.current;
    const isCurrent = () => mine === attempt.current;
    setTrouble(null);
    setState('asking');
    const begun = await server.ask('authorize', { params: { provider }, body: input });
    if (!isCurrent()) return;
    if (!begun.ok) {
      setState('idle');
      return setTrouble(failureWords(begun.error));
    }
    host.openAddress(begun.value.url);
    setState('waiting');
    const ends = Date.parse(begun.value.expiresAt);
    while (isCurrent() && host.now() < ends) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const seen = await server.ask('listConnections', {});
      const done = seen.ok
        ? seen.value.connections.find((one) => one.provider === provider && isNewsOf(one, known, input.connectionId))
        : null;
      if (!isCurrent()) return;
      if (done) {
        setState('idle');
        return onConnected(done);
      }
      const refused = seen.ok ? seen.value.refusedSignIns?.find(({ id }) => id === begun.value.id) : undefined;
      if (refused) {
        setState('idle');
        return setTrouble(refused.why);
      }
    }
    if (isCurrent()) {
      setState('idle');
      setTrouble('The sign-in was not finished within ten minutes. Start it again.');
    }
  };
  const cancel = () => {
    attempt.current++;
    setState('idle');
  };
  return { state, trouble, start: (input, onConnected) => void start(input, onConnected), cancel };
}

function isNewsOf(connection: ConnectionAnswer, known: readonly ConnectionAnswer[], renewed: string | undefined): boolean {
  if (renewed !== undefined) return connection.id === renewed && connection.state !== 'needs_reconnect';
  const before = known.find(({ id }) => id === connection.id);
  return !before || (before.state === 'needs_reconnect' && connection.state !== 'needs_reconnect');
}
