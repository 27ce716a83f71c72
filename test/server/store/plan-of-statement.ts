import type Database from 'better-sqlite3';

/** What is wrong with the way SQLite would carry a statement out; nothing is best. */
export function faultsOfStatement(client: Database.Database, sql: string): string[] {
  return planOf(client, sql).filter(isSlow);
}

/** Reads every row of a table, or every row of the workspace: both get slower with every lead. A bound list is no table. */
function isSlow(step: string): boolean {
  return /^SCAN (?!CONSTANT ROW|\w+ VIRTUAL TABLE)/.test(step) || /\(workspace=\?\)$/.test(step);
}

function planOf(client: Database.Database, sql: string): string[] {
  const explain = client.prepare<unknown[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  for (let values = 0; ; values++) {
    try {
      return explain.all(...new Array(values).fill(1)).map((row) => row.detail);
    } catch (error) {
      // The number of values a statement wants is told by no other means.
      if (!(error instanceof RangeError) || !error.message.startsWith('Too few') || values > 100) throw error;
    }
  }
}
