import { CZECH } from './synonyms/cs.data.ts';
import { DANISH } from './synonyms/da.data.ts';
import { GERMAN } from './synonyms/de.data.ts';
import { ENGLISH } from './synonyms/en.data.ts';
import { SPANISH } from './synonyms/es.data.ts';
import { FINNISH } from './synonyms/fi.data.ts';
import { FRENCH } from './synonyms/fr.data.ts';
import { ITALIAN } from './synonyms/it.data.ts';
import { JAPANESE } from './synonyms/ja.data.ts';
import { KOREAN } from './synonyms/ko.data.ts';
import { DUTCH } from './synonyms/nl.data.ts';
import { NORWEGIAN } from './synonyms/no.data.ts';
import { POLISH } from './synonyms/pl.data.ts';
import { PORTUGUESE } from './synonyms/pt.data.ts';
import { RUSSIAN } from './synonyms/ru.data.ts';
import { SWEDISH } from './synonyms/sv.data.ts';
import { TURKISH } from './synonyms/tr.data.ts';
import { UKRAINIAN } from './synonyms/uk.data.ts';
import { CHINESE } from './synonyms/zh.data.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The languages headers are understood in. Another one is a file in `synonyms/` and a line here. */
export const VOCABULARIES: { readonly latin: readonly Vocabulary[]; readonly otherScripts: readonly Vocabulary[] } = {
  latin: [ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, ITALIAN, DUTCH, POLISH, SWEDISH, DANISH, NORWEGIAN, FINNISH, CZECH, TURKISH],
  otherScripts: [RUSSIAN, UKRAINIAN, JAPANESE, CHINESE, KOREAN],
};
