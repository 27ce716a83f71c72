import { expect, test } from 'vitest';
import { splitFullName } from '#shared/lead/name.ts';

type Row = readonly [text: string, firstName: string, lastName: string, reason: string];
const ROWS: readonly Row[] = [
  ['DUPONT Jean', 'Jean', 'DUPONT', 'the family name in capitals stands first'],
  ['DE LA FONTAINE Jean', 'Jean', 'DE LA FONTAINE', 'with its particles'],
  ['Jean DE LA FONTAINE', 'Jean', 'DE LA FONTAINE', 'behind, too'],
  ['Ann Lee MBA', 'Ann', 'Lee', 'a degree is no name'],
  ['GARCÍA LÓPEZ María', 'María', 'GARCÍA LÓPEZ', 'two family names in capitals'],
  ['María GARCÍA LÓPEZ', 'María', 'GARCÍA LÓPEZ', 'and behind'],
  ['Jean DUPONT', 'Jean', 'DUPONT', 'one behind'],
  ['JEAN DUPONT', 'JEAN', 'DUPONT', 'all in capitals says nothing'],
  ['JP Morgan', 'JP', 'Morgan', 'initials are a first name'],
  ['Иванов Иван Иванович', 'Иван Иванович', 'Иванов', 'before a patronymic'],
  ['Петрова Анна Сергеевна', 'Анна Сергеевна', 'Петрова', 'before a patronymic, a woman'],
  ['Иван Иванович Иванов', 'Иван Иванович', 'Иванов', 'the patronymic in the middle'],
  ['Шевченко Марія Іванівна', 'Марія Іванівна', 'Шевченко', 'in Ukrainian'],
  ['Maya Okafor (she/her)', 'Maya', 'Okafor', 'pronouns'],
  ['Maya Okafor she/her/hers', 'Maya', 'Okafor', 'pronouns without brackets'],
  ['Ann Lee | Growth', 'Ann', 'Lee', 'a remark behind a line'],
  ['Ann Lee @ Fernhill', 'Ann', 'Lee', 'an employer'],
  ['Ann Lee [Fernhill]', 'Ann', 'Lee', 'an employer in brackets'],
  ['Ann Lee (Fernhill)', 'Ann', 'Lee', 'an employer in round brackets'],
  ['Robert (Bob) Smith', 'Robert (Bob)', 'Smith', 'a nickname in the middle is part of the name'],
  ['Ann (Lee)', 'Ann', '(Lee)', 'brackets around all there is'],
  ['Ann Lee – Growth', 'Ann', 'Lee', 'a remark behind a dash'],
  ['Ann Lee - Smith', 'Ann Lee', 'Smith', 'a hyphen with blanks may be part of the name'],
  ['Ann Lee #opentowork', 'Ann', 'Lee', 'a hashtag'],
  ['Ann Lee❤️', 'Ann', 'Lee', 'an emoji that touches the name'],
  ['🌟Ann🌟 Lee', 'Ann', 'Lee', 'emoji around a word'],
  ['👩‍💻 Ann Lee 🇩🇪', 'Ann', 'Lee', 'emoji of several signs, and flags'],
  ['Nagy Anna', 'Nagy', 'Anna', 'in Latin letters nothing says that the family name stands first: Hungarian'],
  ['Tanaka Taro', 'Tanaka', 'Taro', 'nor in Japanese'],
  ['Nguyễn Văn An', 'Nguyễn Văn', 'An', 'nor in Vietnamese'],
  ['NAGY Anna', 'Anna', 'NAGY', 'capitals say it'],
  ['Ann Lee, Fernhill Inc.', 'Ann', 'Lee', 'a company behind a comma'],
  ['Garcia Marquez, Gabriel', 'Gabriel', 'Garcia Marquez', 'two words before a comma are a last name'],
];
test.each(ROWS)('%s: %s | %s (%s)', (text, firstName, lastName) => {
  expect(splitFullName(text)).toMatchObject({ firstName, lastName });
});

test('a couple’s titles are no names', () => {
  expect(splitFullName('Mr. & Mrs. Ann Smith')).toMatchObject({ firstName: 'Ann', lastName: 'Smith', leftOut: true });
});

test('what is set aside is said, so that the whole text is kept', () => {
  for (const text of ['Maya Okafor (she/her)', 'Ann Lee | Growth', 'Ann Lee, Fernhill Inc.'])
    expect(splitFullName(text).leftOut).toBe(true);
  for (const text of ['DUPONT Jean', 'Иванов Иван Иванович']) expect(splitFullName(text).leftOut).toBe(false);
});
