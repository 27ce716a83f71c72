import { storageFailureKind } from '../storage/database.ts';
import { PlannerFailure } from './planner.ts';
import type { FlowFailure } from './view.ts';

/** A failure of the machinery or of the database as the screen tells it. A bug is thrown on, to be seen. */
export function failureOf(error: unknown): FlowFailure {
  if (error instanceof PlannerFailure) return { kind: error.kind, message: error.message };
  if (!(error instanceof Error) || !isFromDatabase(error)) throw error;
  const kind = storageFailureKind(error) === 'browserStorageFull' ? 'storageFull' : 'storageFailed';
  return { kind, message: error.message };
}

function isFromDatabase(error: Error): boolean {
  return 'inner' in error || error instanceof DOMException;
}
