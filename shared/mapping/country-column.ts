import { readCountry } from '../lead/country.ts';
import { FIELD_IDS } from '../lead/fields.ts';
import type { RawTable } from '../table/table.ts';
import { sampleRows } from './column-profile.ts';
import { isColumnMapping, type Mapping, type MappingTarget } from './mapping.ts';
import { normaliseHeader } from './normalise-header.ts';

/** The country a row itself names, as ISO 3166-1 alpha-2; null where it names none that is known. */
export type CountryOf = (cells: readonly string[]) => string | null;

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const COUNTRY = words(
  'country countries pays land laender lander pais paises paese kraj zeme ulke maa orszag tara χωρα страна країна 国 国名 国家 國家 国家地区 国家地區 ' +
    '國家地區 国地域 국가 nation nazione nacion nacao countrycode landcode landkod landkode landercode landerkurzel countryname',
);
/** Beside one of those they say nothing more. */
const SMALL = words(
  'region name names nom nome nombre code codes iso the of de du des da do di et und and y e or regio regiao regione gebiet adresse address ' +
    'kontakt contact lead person 2 3 residence residencia',
);
const OF_PHONES = words(
  'phone phones mobile cell tel telephone telefon telefono telefone dial dialing dialling calling prefix vorwahl whatsapp',
);
const CODE = words('code codes dial dialing dialling calling prefix vorwahl iso');
/** Another's country, and only where the file has no better one. */
const OF_OTHERS = words(
  'company account organization organisation firma unternehmen entreprise societe empresa azienda hq headquarters corporate billing shipping other ' +
    'office work ip store facturation rechnung lieferung',
);
/** No country where somebody can be called. */
const ELSEWHERE = words(
  'birth born naissance geburt geburtsland nacimiento nascimento nascita origin origine origen origem herkunft citizenship nationality interest ' +
    'interested interests destination visited visit travel target tax bank manager assistant previous former emergency spouse referrer currency export import',
);
/** Headers that may stand over countries; their values have to say so. */
const LOOSE = words('location region market geo geography territory nation where based staat standort lieu ubicacion localizacion ort');

/** Of a column called so, this share of the filled cells names countries: land can be measured in acres. */
const SHARE_UNDER_NAME = 0.2;
/** Of any other. */
const SHARE_BY_VALUES = 0.9;
/** Two letters are a state as well as a country. */
const SHORTEST_NAME = 3;
const FEWEST = 2;
const SAMPLE = 300;

/** Where a table may say its rows' country; a name or an address is none. */
const TAKEN: ReadonlySet<MappingTarget> = new Set<MappingTarget>(
  [...FIELD_IDS, 'fullName' as const].filter((field) => field !== 'notes' && field !== 'tags'),
);

type Found = { readonly rank: number; readonly column: number; readonly isCode: boolean };

/**
 * How the rows of a table say their country: the column that is called so in one of many languages, or that holds nothing
 * but countries under a header without a meaning; a custom field of that name that is the same for all rows. Null where
 * nothing says it. Of several the phone's own comes before the person's, and both before the company's.
 */
export function findCountryOf(table: Pick<RawTable, 'headers' | 'rows'>, mapping: Mapping): CountryOf | null {
  const best = findColumns(table, mapping).reduce<Found | null>((least, one) => (least && least.rank <= one.rank ? least : one), null);
  if (best) return ofColumn(best);
  for (const entry of mapping) {
    if (isColumnMapping(entry) || entry.field !== 'custom' || rankOf(entry.label ?? '') === null) continue;
    const country = readCountry(entry.value);
    if (country !== null) return () => country;
  }
  return null;
}

function ofColumn({ column, isCode }: Found): CountryOf {
  return (cells) => readCell(cells[column] ?? '', isCode);
}

/** 91 under "Country code" is +91. */
function readCell(cell: string, isCode: boolean): string | null {
  return readCountry(isCode && /^\d{1,3}$/.test(cell) ? `+${cell}` : cell);
}

function findColumns({ headers, rows }: Pick<RawTable, 'headers' | 'rows'>, mapping: Mapping): readonly Found[] {
  const entries = new Map(mapping.filter(isColumnMapping).map((entry) => [entry.column, entry]));
  const columns = Math.max(headers.length, rows[0]?.length ?? 0);
  let sample: RawTable['rows'] | null = null;
  const found: Found[] = [];
  for (let column = 0; column < columns; column++) {
    const entry = entries.get(column);
    if (entry && TAKEN.has(entry.field)) continue;
    const header = headers[column] ?? '';
    const named = [rankOf(header), entry?.label === undefined ? null : rankOf(entry.label)].find((rank) => rank !== null);
    const isLoose = named === undefined && mayBeCountry(header);
    if (named === undefined && !isLoose) continue;
    sample ??= sampleRows(rows, SAMPLE);
    const filled = sample.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
    const isCode = normaliseHeader(header)
      .split(' ')
      .some((word) => CODE.has(word));
    const isOne = (cell: string) => (named !== undefined || cell.length >= SHORTEST_NAME) && readCell(cell, isCode) !== null;
    const share = filled.filter(isOne).length / filled.length;
    if (named !== undefined ? share >= SHARE_UNDER_NAME : filled.length >= FEWEST && share >= SHARE_BY_VALUES)
      found.push({ rank: named ?? LAST, column, isCode });
  }
  return found;
}

const LAST = 4;

/** How near a country of that name is to the phones of the row, 0 first; null where the words name no country. */
function rankOf(header: string): number | null {
  const tokens = normaliseHeader(header).split(' ');
  if (!tokens.some((token) => COUNTRY.has(token)) || tokens.some((token) => ELSEWHERE.has(token))) return null;
  if (tokens.some((token) => OF_PHONES.has(token))) return 0;
  if (tokens.every((token) => COUNTRY.has(token) || SMALL.has(token))) return 1;
  return tokens.some((token) => OF_OTHERS.has(token)) ? 3 : 2;
}

/** A header without a meaning: none, "Column 7", "Field 3", or a word for a place. */
function mayBeCountry(header: string): boolean {
  const text = normaliseHeader(header);
  return /^(?:(?:column|field|spalte|colonne|columna|unnamed|f) ?)?\d*$/.test(text) || LOOSE.has(text);
}
