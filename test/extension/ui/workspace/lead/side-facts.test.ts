import { describe, expect, test } from 'vitest';
import type { SideItem } from '../../../../../extension/platform/lead-api.ts';
import { sideBody, sideFacts } from '../../../../../extension/ui/workspace/lead/side-facts.ts';

const NOW = Date.UTC(2026, 4, 18, 12);
function item(facts: SideItem['facts'], provider: SideItem['provider'] = 'hubspot'): SideItem {
  return { provider, kind: 'deal', id: '1', title: 'Ten seats', at: '2026-05-01T00:00:00Z', facts };
}
const shownOf = (name: string, value: string, provider?: SideItem['provider']) => sideFacts(item([{ name, value }], provider), NOW)[0]?.[1];

describe('what a CRM tells of a deal', () => {
  test.each([
    ['an amount without a currency is a number', [{ name: 'amount', value: '12000' }], '12,000'],
    [
      'the currency stands with the amount',
      [
        { name: 'amount', value: '12000' },
        { name: 'currency', value: 'EUR' },
      ],
      '€12,000',
    ],
    [
      'cents are kept',
      [
        { name: 'amount', value: '12.5' },
        { name: 'currency', value: 'USD' },
      ],
      '$12.50',
    ],
    [
      'what is no currency is left out',
      [
        { name: 'amount', value: '12' },
        { name: 'currency', value: '<b>' },
      ],
      '12',
    ],
    ['what is no number is shown as it came', [{ name: 'amount', value: 'much' }], 'much'],
  ])('%s', (_, facts, shown) => {
    expect(sideFacts(item(facts), NOW)).toEqual([['Amount', shown]]);
  });

  test('a chance is a percentage, though HubSpot counts to 1 and Salesforce to 100', () => {
    expect(shownOf('probability', '0.9', 'hubspot')).toBe('90 %');
    expect(shownOf('probability', '90', 'salesforce')).toBe('90 %');
  });

  test('a close date is the same day wherever it is read', () => {
    expect(shownOf('close_date', '2026-12-01T00:00:00.000Z')).toBe('December 1');
    expect(shownOf('close_date', '2026-12-01')).toBe('December 1');
    expect(shownOf('close_date', 'soon')).toBe('soon');
  });

  test('whether somebody responded is said with the day, where it is known', () => {
    expect(shownOf('responded', 'yes')).toBe('Yes');
    expect(shownOf('responded', '2026-05-02')).toBe('May 2');
  });

  test('facts stand in the same order for every deal, and one we do not know is left out', () => {
    const told = sideFacts(
      item([
        { name: 'amount', value: '1' },
        { name: 'weather', value: 'fine' },
        { name: 'stage', value: 'Won' },
      ]),
      NOW,
    );
    expect(told.map(([label]) => label)).toEqual(['Stage', 'Amount']);
  });

  test('what was written stands by itself', () => {
    expect(sideBody(item([{ name: 'body', value: ' Hello ' }]))).toBe('Hello');
    expect(sideBody(item([{ name: 'body', value: '  ' }]))).toBeNull();
  });
});
