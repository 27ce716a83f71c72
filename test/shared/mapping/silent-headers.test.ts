import { expect, test } from 'vitest';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { tableOf } from '../../support/table-of.ts';
import { SILENT_HEADERS } from './silent-headers.data.ts';

test.each(SILENT_HEADERS)('right or silent, %s', (_, headers) => {
  const wrong = headers.split(',').flatMap((header) => {
    const [suggestion] = suggestMapping(tableOf([header]));
    return suggestion?.field === 'custom' ? [] : [`${header}: ${suggestion?.field}`];
  });
  expect(wrong).toEqual([]);
});
