import type { Actor, Backend } from '../leads/backend.ts';
import { createPairingCode, isBrowserPaired } from '../leads/pairing.ts';

export type Offer = {
  /** Null when a browser is paired already. */
  readonly firstCode: string | null;
  readonly stop: () => void;
};

/**
 * Shows a pairing code, and a new one every `renewMs` (the life of a code), until a browser is paired. A code that cannot
 * be made (a full disk) is left to the next turn; `onFailure` is told.
 */
export async function offerPairing(
  backend: Backend,
  holder: Pick<Actor, 'workspace' | 'member'>,
  renewMs: number,
  show: (code: string) => void,
  onFailure: (exception: unknown) => void,
): Promise<Offer> {
  if (await isBrowserPaired(backend, holder.workspace)) return { firstCode: null, stop: () => {} };
  const { code } = await createPairingCode(backend, holder);
  show(code);
  const renewal = setInterval(async () => {
    try {
      if (await isBrowserPaired(backend, holder.workspace)) clearInterval(renewal);
      else show((await createPairingCode(backend, holder)).code);
    } catch (exception) {
      onFailure(exception);
    }
  }, renewMs);
  renewal.unref();
  return { firstCode: code, stop: () => clearInterval(renewal) };
}
