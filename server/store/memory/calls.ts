import { addCalls, type CallStore } from '../call-store.ts';
import { connectionOf, type MemoryState } from './state.ts';

/** Calls made for connections, in memory. */
export function createCalls(state: MemoryState): CallStore {
  return {
    async noteCalls(_, id, made) {
      const connection = connectionOf(state, id);
      connection.calls = addCalls(connection.calls, made);
    },
    async readCalls(_, id) {
      return connectionOf(state, id).calls;
    },
  };
}
