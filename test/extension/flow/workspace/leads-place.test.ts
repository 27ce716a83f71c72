import { describe, expect, test } from 'vitest';
import { hrefOf, readAddress } from '../../../../extension/flow/workspace/address.ts';
import { leadsHref, nextSort, readLeadsPlace, withPart } from '../../../../extension/flow/workspace/leads-place.ts';

const read = (hash: string) => readLeadsPlace(readAddress(hash).query);

describe('where one is stands in the address', () => {
  test.each([
    ['nothing yet: the leads', '', 'leads', []],
    ['a page', '#/imports', 'imports', []],
    ['one lead', '#/leads/ld_1', 'leads', ['ld_1']],
    ['one lead, come from a search', '#/leads/ld_1?search=a/b', 'leads', ['ld_1']],
    ['an id with letters that have a meaning there', '#/leads/a%2Fb%3F', 'leads', ['a/b?']],
    ['a part somebody has typed wrongly', '#/leads/100%', 'leads', ['100%']],
  ])('%s', (_, hash, page, rest) => expect(readAddress(hash)).toMatchObject({ page, rest }));

  test('a made address leads back to the same place', () => {
    const query = new URLSearchParams({ search: 'a&b=c #1 ?', tag: '50%' });
    expect(readAddress(hrefOf('leads', ['x/y'], query))).toEqual({ page: 'leads', rest: ['x/y'], query });
  });
});

describe('which leads the table shows stands in the address', () => {
  test('search, list, import, tag, owner and order, there and back', () => {
    const place = {
      filter: { search: 'ann & co', listId: 'l1', importId: 'i1', tag: 'a;b', owner: 'none' },
      sort: '-companyName',
    } as const;
    expect(read(leadsHref(place))).toEqual(place);
    expect(read(leadsHref(place, 'ld_1')), 'and from a lead one comes back to them').toEqual(place);
  });

  test.each([
    ['without anything: all of them, newest first', '#/leads', { filter: {}, sort: '-createdAt' }],
    ['an empty part is none', '#/leads?search=&tag=', { filter: {}, sort: '-createdAt' }],
    ['an order nobody knows', '#/leads?sort=shoeSize', { filter: {}, sort: '-createdAt' }],
    ['what is not ours is left out', '#/leads?search=ann&utm_source=mail', { filter: { search: 'ann' }, sort: '-createdAt' }],
  ])('%s', (_, hash, place) => expect(read(hash)).toEqual(place));

  test('a filter is changed alone, and taken out by the empty text', () => {
    const place = { filter: { search: 'ann', tag: 'x' }, sort: 'name' } as const;
    expect(withPart(place, 'tag', 'y')).toEqual({ filter: { search: 'ann', tag: 'y' }, sort: 'name' });
    expect(withPart(place, 'tag', '')).toEqual({ filter: { search: 'ann' }, sort: 'name' });
  });

  test('a click on a head sorts upwards, then downwards, then as before', () => {
    const first = nextSort('-createdAt', 'name');
    const second = nextSort(first, 'name');
    expect([first, second, nextSort(second, 'name'), nextSort(second, 'companyName')]).toEqual([
      'name',
      '-name',
      '-createdAt',
      'companyName',
    ]);
  });
});
