import { browser } from './browser.ts';

/**
 * What one part of the extension says to another. A message only rouses; what there is to do is read from the database,
 * so a lost message costs time and nothing else.
 */
export type Message =
  /** To the background: look into the outbox. */
  { readonly kind: 'wake' };

/** Sends a message to the background and does not wait for the work. False when nobody listened. */
export async function sendMessage(message: Message): Promise<boolean> {
  try {
    return (await browser.runtime.sendMessage(message)) === 'heard';
  } catch {
    // The worker died between two events or is being updated: its alarm or its next start looks into the outbox.
    return false;
  }
}

/** Hears messages of our own pages only. Answers at once; `handle` does its work afterwards. */
export function onMessage(handle: (message: Message) => void): void {
  browser.runtime.onMessage.addListener((raw: unknown, sender, answer) => {
    const message = readMessage(raw);
    if (!message || sender.id !== browser.runtime.id) return false;
    answer('heard');
    handle(message);
    return true;
  });
}

/** A message as it arrived, or null: nothing but the fields we know is taken over. */
export function readMessage(raw: unknown): Message | null {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw)) return null;
  return raw.kind === 'wake' ? { kind: 'wake' } : null;
}
