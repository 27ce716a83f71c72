import { describe, expect, test } from 'vitest';
import { addStep, doneSteps, generalAnswer, isOwnProblem, NO_REPAIR, type RepairStep, redoStep, undoStep } from '#shared/plan/repair.ts';

const TRIM: RepairStep = { kind: 'trim' };
const EDIT: RepairStep = { kind: 'edit', line: 2, column: 0, value: 'Ann' };
const COUNTRY: RepairStep = { kind: 'setCountry', column: 3, country: 'GB', code: 'phone_invalid' };
const both = addStep(addStep(NO_REPAIR, TRIM), EDIT);

describe('what was done to a file', () => {
  test('is kept in its order', () => expect(doneSteps(both)).toEqual([TRIM, EDIT]));
  test('can be undone and done again, step by step', () => {
    expect(doneSteps(undoStep(both))).toEqual([TRIM]);
    expect(doneSteps(undoStep(undoStep(both)))).toEqual([]);
    expect(redoStep(redoStep(undoStep(undoStep(both))))).toEqual(both);
  });
  test('stays as it is where there is nothing to undo or redo', () => {
    expect(undoStep(NO_REPAIR)).toBe(NO_REPAIR);
    expect(redoStep(both)).toBe(both);
  });
  test('a new step takes the place of what was undone', () => {
    const other = addStep(undoStep(both), COUNTRY);
    expect(other).toEqual({ steps: [TRIM, COUNTRY], done: 2 });
  });
  test('survives being written down', () => expect(JSON.parse(JSON.stringify(both))).toEqual(both));
});

test('the last answer to all rows in review holds; answers to single rows are their own', () => {
  const toAll = (as: 'create' | 'skip'): RepairStep => ({ kind: 'decide', lines: 'all', as });
  expect(generalAnswer([toAll('create'), toAll('skip'), { kind: 'decide', lines: [2], as: 'same' }])).toEqual({ as: 'skip' });
  expect(generalAnswer([TRIM])).toBeUndefined();
});

test('a rule asks only for problems a row has by itself', () => {
  expect(isOwnProblem('phone_invalid')).toBe(true);
  expect(isOwnProblem('duplicate_in_file')).toBe(false);
});
