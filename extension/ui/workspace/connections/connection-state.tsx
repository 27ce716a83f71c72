import type { ConnectionAnswer } from '#shared/api/connections.ts';
import { RECORD_WORDS } from './connection-words.ts';

const STATES = {
  ok: ['ok', 'In step'],
  needs_reconnect: ['bad', 'No longer let in'],
  paused_quota: ['warn', 'Waits for calls'],
  paused_user: ['warn', 'Paused'],
} as const satisfies Record<ConnectionAnswer['state'], readonly [string, string]>;

/** How a connection is, as a badge. */
export function ConnectionState({ connection }: { readonly connection: Pick<ConnectionAnswer, 'state' | 'settings' | 'health'> }) {
  const [tone, words] = STATES[connection.state];
  const isNew = connection.state === 'ok' && connection.settings.pairs.length === 0;
  const isRunning = connection.state === 'ok' && connection.health.lastRun?.outcome === 'running';
  // A run that stopped, or left something out, leaves the sides apart.
  const { lastRun } = connection.health;
  const isCut = connection.state === 'ok' && lastRun !== null && !isRunning && lastRun.outcome !== 'done';
  const hidden = connection.state === 'ok' ? connection.health.lastRun?.hiddenKind : undefined;
  return (
    <span class="badge" data-tone={isNew || isRunning ? 'accent' : hidden || isCut ? 'warn' : tone}>
      {isRunning
        ? 'Running'
        : isNew
          ? 'Connected, nothing imported yet'
          : hidden
            ? `No access to ${RECORD_WORDS[hidden][1]}`
            : isCut
              ? 'Last run incomplete'
              : words}
    </span>
  );
}
