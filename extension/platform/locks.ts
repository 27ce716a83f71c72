/** Web Locks: one holder in the whole browser, let go when its page or worker dies. */

/** One sender for the whole outbox. */
export const SENDER_LOCK = 'leadline-sender';
/** One planner for an import: the page that was clicked in, or the background when that page is gone. */
export function plannerLock(importId: string): string {
  return `leadline-planner-${importId}`;
}

/** Works together with others who share the lock; nobody gets it alone meanwhile. */
export async function shareLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(name, { mode: 'shared' }, work);
}

/** Waits for the lock, works under it, lets it go. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(name, work);
}

/** Works only if the lock is free now; null when somebody else holds it. */
export async function tryLock<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : Promise.resolve(null)));
}
