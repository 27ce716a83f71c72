import { expect, test } from 'vitest';
import type { CrmField } from '../../../server/crm/adapter.ts';
import { defaultPairs } from '../../../server/crm/default-pairs.ts';

const field = (name: string, label: string): CrmField => ({
  name,
  label,
  valueType: 'text',
  options: [],
  isReadOnly: false,
  isRequired: false,
  isCustom: true,
  maxLength: null,
});

test('fields whose labels differ by blanks or case go into custom fields of their own, under names as leads have them', () => {
  const fields = [field('a', ' Region '), field('b', 'Region'), field('c', 'REGION'), field('d', 'Sales\n region')];
  const labels = defaultPairs('hubspot', 'contact', [], fields).map(({ local }) => (local.kind === 'custom' ? local.label : local.id));
  expect(labels).toEqual(['Region', 'Region #2', 'REGION #3', 'Sales region']);
});
