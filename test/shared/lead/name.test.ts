import { describe, expect, it } from 'vitest';
import { splitFullName } from '#shared/lead/name.ts';

function split(text: string): readonly [string, string] {
  const { firstName = '', lastName = '' } = splitFullName(text);
  return [firstName, lastName];
}

describe('a full name is split into first and last name', () => {
  it.each([
    ['Ann Lee', 'Ann', 'Lee', 'two words'],
    ['  Ann   Lee ', 'Ann', 'Lee', 'blanks'],
    ['Mary Ann Smith', 'Mary Ann', 'Smith', 'the last word is the last name'],
    ['John Q. Public', 'John Q.', 'Public', 'an initial'],
    ['Robert (Bob) Smith', 'Robert (Bob)', 'Smith', 'a nickname'],
    ['Anne-Marie Müller-Lüdenscheidt', 'Anne-Marie', 'Müller-Lüdenscheidt', 'hyphens'],
    ["Shaun O'Brien", 'Shaun', "O'Brien", 'an apostrophe'],
    ['Ann & Bob Lee', 'Ann & Bob', 'Lee', 'a couple'],
    ['Мария Иванова', 'Мария', 'Иванова', 'Cyrillic'],
    ['محمد علي', 'محمد', 'علي', 'Arabic'],
    ['Madonna', 'Madonna', '', 'one word is a first name'],
    ['"Ann Lee"', 'Ann', 'Lee', 'quotes'],
  ])('%s: %s | %s (%s)', (text, firstName, lastName) => {
    expect(split(text)).toEqual([firstName, lastName]);
  });
});

describe('particles belong to the last name', () => {
  it.each([
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Jan van der Berg', 'Jan', 'van der Berg'],
    ['Maria de la Cruz', 'Maria', 'de la Cruz'],
    ['Leonardo Di Caprio', 'Leonardo', 'Di Caprio'],
    ['Karl Theodor von und zu Guttenberg', 'Karl Theodor', 'von und zu Guttenberg'],
    ['Jan v.d. Berg', 'Jan', 'v.d. Berg'],
    ['Jan v. d. Berg', 'Jan', 'v. d. Berg'],
    ['John D. Berg', 'John D.', 'Berg'],
    ['Ann Marie van der Berg', 'Ann Marie', 'van der Berg'],
    ['Ann St. John', 'Ann', 'St. John'],
    ['St. John Rivers', 'St. John', 'Rivers'],
    ['José Ortega y Gasset', 'José', 'Ortega y Gasset'],
    ['Osama bin Ali', 'Osama', 'bin Ali'],
    ['Al Pacino', 'Al', 'Pacino'],
    ['Van Morrison', 'Van', 'Morrison'],
  ])('%s: %s | %s', (text, firstName, lastName) => {
    expect(split(text)).toEqual([firstName, lastName]);
  });
});

describe('a comma turns the name round, or parts a degree', () => {
  it.each([
    ['Lee, Ann', 'Ann', 'Lee'],
    ['Lee, Ann Marie', 'Ann Marie', 'Lee'],
    ['van der Berg, Jan', 'Jan', 'van der Berg'],
    ['Berg, Jan van der', 'Jan', 'van der Berg'],
    ['SMITH, JOHN', 'JOHN', 'SMITH'],
    ['Ann Lee, PhD', 'Ann', 'Lee'],
    ['Ann Lee, MBA, PMP', 'Ann', 'Lee'],
    ['Ann Lee, SHRM-CP', 'Ann', 'Lee'],
    ['Ann Lee, M.D.', 'Ann', 'Lee'],
    ['Lee, Ann, PhD', 'Ann', 'Lee'],
    ['Ann Lee, Ph. D.', 'Ann', 'Lee'],
    ['Ann Lee, FRCPS', 'Ann', 'Lee'],
    ['JOHN SMITH, MD', 'JOHN', 'SMITH'],
    ['DE LA CRUZ, MARIA', 'MARIA', 'DE LA CRUZ'],
    ['GARCIA LOPEZ, JUAN', 'JUAN', 'GARCIA LOPEZ'],
    ['GARCIA LOPEZ, MA', 'MA', 'GARCIA LOPEZ'],
    ['VAN DER BERG, JAN', 'JAN', 'VAN DER BERG'],
    ['Smith Jones, ANN', 'ANN', 'Smith Jones'],
    ['Smith Jones, JP', 'JP', 'Smith Jones'],
    ['SILVA SANTOS, ANA, MBA', 'ANA', 'SILVA SANTOS'],
    ['Smith, JD', 'JD', 'Smith'],
    ['Rahman, MD', 'MD', 'Rahman'],
    ['John Smith, Jr.', 'John', 'Smith Jr.'],
    ['John Smith Jr.', 'John', 'Smith Jr.'],
    ['John Smith III', 'John', 'Smith III'],
  ])('%s: %s | %s', (text, firstName, lastName) => {
    expect(split(text)).toEqual([firstName, lastName]);
  });
});

describe('Chinese, Japanese and Korean names have the family name first', () => {
  it.each([
    ['王伟', '伟', '王', 'one character of two'],
    ['王小明', '小明', '王', 'one of three'],
    ['欧阳娜', '娜', '欧阳', 'a family name of two characters'],
    ['欧阳娜娜', '娜娜', '欧阳', 'two of four'],
    ['山田太郎', '太郎', '山田', 'two of four in Japanese'],
    ['山田 太郎', '太郎', '山田', 'a blank decides'],
    ['山田　太郎', '太郎', '山田', 'an ideographic blank too'],
    ['小林さくら', 'さくら', '小林', 'a change to kana'],
    ['さとう はなこ', 'はなこ', 'さとう', 'kana with a blank'],
    ['マイケル・スミス', 'マイケル', 'スミス', 'a foreign name keeps its order'],
    ['김민수', '민수', '김', 'Korean'],
    ['남궁민수', '민수', '남궁', 'a Korean family name of two syllables'],
    ['さくら', 'さくら', '', 'nobody can tell'],
    ['王', '', '王', 'a family name alone'],
    ['山田', '', '山田', 'a family name of two characters alone'],
    ['長谷川一', '一', '長谷川', 'a known family name of three characters'],
    ['佐々木健太', '健太', '佐々木', 'three of five'],
    ['鈴木一', '一', '鈴木', 'a known family name of two, of three'],
    ['林健太', '健太', '林', 'a Japanese family name of one'],
    ['綾小路', '', '綾小路', 'an unknown family name is not cut'],
  ])('%s: %s | %s (%s)', (text, firstName, lastName) => {
    expect(split(text)).toEqual([firstName, lastName]);
  });
});

describe('titles, degrees and symbols are left out, and it is said so', () => {
  it.each([
    ['Dr. Ann Lee', 'Ann', 'Lee'],
    ['Herr Prof. Dr. Karl Meier', 'Karl', 'Meier'],
    ['Frau Müller', '', 'Müller'],
    ['Mr Smith', '', 'Smith'],
    ['Herr Dr. Fuchs', '', 'Fuchs'],
    ['Mr. & Mrs. Smith', '', 'Smith'],
    ['Sir Elton', 'Elton', ''],
    ['Prof. Dr. med. Eva Fuchs', 'Eva', 'Fuchs'],
    ['Prof.Dr.med. Eva Fuchs', 'Eva', 'Fuchs'],
    ['Univ.-Prof. Dr. rer. nat. habil. Eva Fuchs', 'Eva', 'Fuchs'],
    ['Dr.-Ing. Eva Fuchs', 'Eva', 'Fuchs'],
    ['Dipl.-Ing. (FH) Eva Fuchs', 'Eva', 'Fuchs'],
    ['M.Sc. Eva Fuchs', 'Eva', 'Fuchs'],
    ['Sir Ian McKellen CBE', 'Ian', 'McKellen'],
    ['Ann Lee ✨ Growth', 'Ann', 'Lee'],
    ['Ann Lee 🚀', 'Ann', 'Lee'],
    ['✨ Ann Lee ✨', 'Ann', 'Lee'],
    ['Ann Lee PhD', 'Ann', 'Lee'],
    ['Lee, Dr. Ann', 'Ann', 'Lee'],
  ])('%s: %s | %s', (text, firstName, lastName) => {
    expect(split(text)).toEqual([firstName, lastName]);
    if (/\p{L}/u.test(text.replace(firstName, '').replace(lastName, ''))) expect(splitFullName(text).leftOut).toBe(true);
  });

  it('nothing is left out of a plain name', () => {
    for (const text of ['Ann Lee', 'Lee, Ann', 'van der Berg, Jan', '山田 太郎', 'John Smith, Jr.', 'JOHN PAUL MA']) {
      expect(splitFullName(text).leftOut, text).toBe(false);
    }
  });

  it('a name of nothing but a title is kept', () => {
    expect(split('Dr.')).toEqual(['Dr.', '']);
    expect(split('MBA')).toEqual(['MBA', '']);
  });
});

describe('of two whole names the first is taken, and it is said that there are more', () => {
  it.each([
    'Ann Lee / Bob Ray',
    'Ann Lee/Bob Ray',
    'Ann Lee & Bob Ray',
    'Ann Lee; Bob Ray',
    'Lee, Ann / Ray, Bob',
    'Dr. Ann Lee and Bob Ray',
  ])('%s', (text) => expect(splitFullName(text)).toEqual({ firstName: 'Ann', lastName: 'Lee', leftOut: true, several: true }));

  it.each(['Ann & Bob Lee', 'Mr. & Mrs. Ann Smith', 'Karl Theodor von und zu Guttenberg', 'José Ortega y Gasset', 'Ann Lee, MBA & PMP'])(
    '%s is one',
    (text) => expect(splitFullName(text)).not.toHaveProperty('several'),
  );
});

it('no letter of a name vanishes: what is in neither half is said to be left out', () => {
  const given = ['ANN', 'Ann', 'JP', 'JAN', 'An', 'XU', 'María José'];
  const family = ['LEE', 'Lee', 'DE LA CRUZ', 'Garcia Lopez', 'VAN DER BERG', 'NG'];
  for (const first of given) {
    for (const last of family) {
      for (const text of [`${last}, ${first}`, `${first} ${last}`, `${last}, ${first}, MBA`, `Dr. ${first} ${last}`]) {
        const { firstName = '', lastName = '', leftOut } = splitFullName(text);
        const letters = (words: string) => [...words.replace(/[^\p{L}]/gu, '')].sort().join('');
        expect(leftOut || letters(firstName + lastName) === letters(text), text).toBe(true);
      }
      expect(split(`${last}, ${first}`), `${last}, ${first}`).toEqual([first, last]);
    }
  }
});

it('blank or without letters, there is no name', () => {
  expect(splitFullName('  ')).toEqual({ leftOut: false });
  expect(split('---')).toEqual(['', '']);
});
