import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { EXPORT_LAYOUTS } from '../../fixtures/export-layouts.data.ts';
import { LAST_EXPORT_LAYOUTS } from '../../fixtures/export-layouts-last.data.ts';
import { MORE_EXPORT_LAYOUTS } from '../../fixtures/export-layouts-more.data.ts';
import { layoutsOf } from './invented.ts';
import { readLayouts, scoreLayouts } from './score-layouts.ts';
import { VARIATIONS } from './vary-layouts.ts';

const REAL = readLayouts(readFileSync(join(import.meta.dirname, '../../fixtures/dialects.json'), 'utf8'));
const INVENTED = layoutsOf();
const EXPORTS = layoutsOf([...EXPORT_LAYOUTS, ...MORE_EXPORT_LAYOUTS, ...LAST_EXPORT_LAYOUTS]);
/** A handful in 1,700 columns: decoration can hide a word's edge. */
const WRONG_AT_MOST = 3;

describe('a file is understood however its headers are decorated and ordered', () => {
  test.each(VARIATIONS.map(({ name, vary }) => [name, vary] as const))('%s', (_, vary) => {
    const score = scoreLayouts(REAL.map(vary), suggestMapping);
    expect(score.right / score.fields, score.missed.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(score.wrong.length, score.wrong.join('\n')).toBeLessThanOrEqual(WRONG_AT_MOST);
  });
  test.each(VARIATIONS.map(({ name, vary }) => [name, vary] as const))('so are the exports of many programs: %s', (_, vary) => {
    const score = scoreLayouts(EXPORTS.map(vary), suggestMapping);
    expect(score.right / score.fields, score.missed.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});

test('the exports of many programs, with distractors beside every field, find their fields', () => {
  const score = scoreLayouts(EXPORTS, suggestMapping);
  expect(score.wrong).toEqual([]);
  expect(score.right / score.fields, score.missed.join('\n')).toBeGreaterThanOrEqual(0.98);
  expect(score.fields).toBeGreaterThan(1_000);
});

test('header rows in the manner of many programs and languages find their fields', () => {
  const score = scoreLayouts(INVENTED, suggestMapping);
  expect(score.wrong).toEqual([]);
  expect(score.right / score.fields, score.missed.join('\n')).toBeGreaterThanOrEqual(0.98);
});
