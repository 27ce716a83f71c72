import { describe, expect, test } from 'vitest';
import type { Exchange } from '../support/crm-recorder.ts';
import { crmContract } from './crm-contract.ts';
import { tellDifferences } from './crm-differences.ts';
import type { CrmWorld } from './crm-world.ts';

/** A world whose adapter speaks through `startRecorder`, with the list it fills. */
export type RecordedWorld = CrmWorld & { readonly exchanges: readonly Exchange[]; readonly lags: number[] };

/**
 * Holds a real account and its loopback to the contract, one after the other, and prints where they answered differently: that
 * is for mending the loopback, and no failure. `toRoute` names a path without the ids in it.
 */
export function compareWithReal(
  name: string,
  worlds: { readonly loopback: () => Promise<RecordedWorld>; readonly real: () => Promise<RecordedWorld> },
  toRoute: (path: string) => string,
): void {
  const seen = new Map<keyof typeof worlds, RecordedWorld>();
  for (const side of ['loopback', 'real'] as const)
    crmContract(`${name} (${side})`, async () => {
      const world = await worlds[side]();
      seen.set(side, world);
      return world;
    });
  describe(`${name}, real and loopback`, () => {
    test('where they answer differently is told', () => {
      const [loopback, real] = [seen.get('loopback'), seen.get('real')];
      if (!loopback || !real) throw new Error('one of them could not be reached');
      expect([loopback, real].filter(({ exchanges }) => exchanges.length === 0)).toEqual([]);
      const lines = tellDifferences(loopback, real, toRoute);
      const count = `${real.exchanges.length} answers of the real account, ${loopback.exchanges.length} of the loopback`;
      console.log([`${name}: ${count}; ${lines.length} differences`, ...lines].join('\n  '));
    });
  });
}
