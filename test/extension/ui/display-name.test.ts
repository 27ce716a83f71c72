import { describe, expect, test } from 'vitest';
import { displayName } from '../../../extension/ui/display-name.ts';

const NAMES: readonly (readonly [string | undefined, string | undefined, string, string])[] = [
  ['Ann', 'Lee', 'Ann Lee', 'given name first in Latin letters'],
  ['太郎', '山田', '山田 太郎', 'Japanese: family name first'],
  ['小明', '王', '王 小明', 'Chinese: family name first'],
  ['민준', '김', '김 민준', 'Korean: family name first'],
  ['さくら', '佐々木', '佐々木 さくら', 'kana beside Han is a Japanese name'],
  ['ジョン', 'スミス', 'ジョン スミス', 'kana alone may be a foreigner'],
  ['Taro', '山田', 'Taro 山田', 'two scripts: nobody can tell'],
  ['太郎', undefined, '太郎', 'one name stands alone'],
  [undefined, undefined, '', 'nobody has no name'],
];

describe('a name is shown as its owner says it', () => {
  test.each(NAMES)('%s + %s → %s: %s', (first, last, shown) => {
    expect(displayName(first, last)).toBe(shown);
  });
});
