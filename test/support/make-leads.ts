/**
 * A deterministic lead file for end-to-end tests and benchmarks: 14 columns, CRLF, about four phones in five in the
 * +1 plan, about 8 % of the rows with a defect, about 3 % sharing an email or phone with an earlier row. Everybody is
 * invented. Each row carries the truth about itself, so that results can be counted without the code under test.
 */

export const HEADERS = [
  'First Name',
  'Last Name',
  'Email',
  'Phone',
  'Alt Phone 1',
  'Alt Email 1',
  'Company',
  'Job Title',
  'LinkedIn',
  'Notes',
  'City',
  'Country',
  'Lead Score',
  'Segment',
] as const;

/** What is true of a generated row: null where the file has nothing usable. */
export type Truth = {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
};
export type GeneratedRow = { readonly cells: readonly string[]; readonly truth: Truth };

const FIRST_NAMES =
  "James,Mary,Robert,Patricia,John,Jennifer,Michael,Linda,David,Elizabeth,José,Zoë,Åsa,Søren,Łukasz,Nguyễn,Chloé,Jürgen,Мария,Иван,李,王,さくら,محمد,Renée,Björn,Aisha,Priya,Wei,Siobhán,D'Angelo,Anne-Marie".split(
    ',',
  );
const LAST_NAMES =
  "Smith,Johnson,Williams,Brown,Jones,Garcia,Miller,Davis,Rodríguez,Martínez,Müller,Österreich,Kowalski,Nowak,Øystein,Đặng,O'Brien,Иванова,Петров,伟,小林,de la Cruz,van der Berg,Lee,Patel,Khan,Nakamura,Cohen,Silva,Dubois".split(
    ',',
  );
const COMPANIES = 'Acme,Globex,Initech,Umbrella,Vandelay,Soylent,Cyberdyne,Wonka,Tyrell,Aperture,Nakatomi'.split(',');
const LEGAL_FORMS = ['Inc.', 'LLC', 'GmbH', 'Ltd', 'S.A.', '& Sons, Inc.', 'Pty Ltd', 'KK'];
const JOBS = ['COO', 'CTO', 'VP, Sales', 'Account Executive', 'Head of "Growth"', 'Ingénieur', 'Directeur général', 'SDR'];
const AREA_CODES = '212,310,415,646,702,305,512,617,206,303,404,713,416,604,787'.split(',');
const CITIES = ['New York', 'São Paulo', 'Zürich', 'Austin', 'London', 'München', '東京', 'Toronto', 'Mexico City, DF'];

/** A small seeded generator (mulberry32): the same seed gives the same file on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Phone = { readonly text: string; readonly e164: string | null };
type Email = { readonly text: string; readonly address: string | null };

/** Endless rows for a seed. */
export function* generateRows(seed = 42): Generator<GeneratedRow> {
  const random = createRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T; // the index is in range
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const recent: { email: Email; phone: Phone }[] = [];
  for (let row = 1; ; row++) {
    const firstName = pick(FIRST_NAMES);
    const lastName = pick(LAST_NAMES);
    const company = pick(COMPANIES);
    const domain = `${asciiName(company)}.${pick(['com', 'io', 'co.uk', 'de', 'example.org'])}`;
    let email = damageEmail(`${asciiName(firstName)}.${asciiName(lastName)}${row}@${domain}`, random());
    let phone = makePhone(random, pick, digits);
    const earlier = recent.length > 0 && random() < 0.03 ? pick(recent) : null;
    if (earlier && random() < 0.5) email = earlier.email;
    else if (earlier) phone = earlier.phone;
    if (recent.length < 5_000) recent.push({ email, phone });
    else recent[Math.floor(random() * recent.length)] = { email, phone };
    const met = random() < 0.08 ? `Met at "Fair ${2020 + Math.floor(random() * 6)}"\nwants demo, budget $${digits(4)}` : '';
    const hasName = random() >= 0.015;
    const second = random() < 0.2 ? makePhone(random, pick, digits).text : '';
    const withoutCode = [phone.text, second].some((text) => text !== '' && !text.startsWith('+'));
    const cells = [
      hasName ? firstName : '',
      lastName,
      email.text,
      phone.text,
      second,
      random() < 0.1 ? `alt${row}@gmail.com` : '',
      `${company} ${pick(LEGAL_FORMS)}`,
      pick(JOBS),
      random() < 0.5 ? `https://linkedin.com/in/${asciiName(firstName)}${row}` : '',
      met || (random() < 0.2 ? 'Follow up, next quarter' : ''),
      pick(CITIES),
      withoutCode ? pick(['US']) : pick(['US', 'CA', 'BR', 'DE', 'GB', 'JP']),
      String(Math.floor(random() * 100)),
      pick(['A', 'B', 'C', 'enterprise', 'smb']),
    ];
    yield { cells, truth: { firstName: hasName ? firstName : '', lastName, email: email.address, phone: phone.e164 } };
  }
}

function damageEmail(address: string, chance: number): Email {
  if (chance < 0.025) return { text: address.replace('@', ' at '), address: null };
  if (chance < 0.03) return { text: '', address: null };
  if (chance < 0.035) return { text: address.replace(/\..*@/, '@').replace(/@(.*?)\..*/, '@$1'), address: null };
  if (chance < 0.095) return { text: address.toUpperCase(), address };
  if (chance < 0.135) return { text: ` ${address} `, address };
  return { text: address, address };
}

function makePhone(random: () => number, pick: <T>(items: readonly T[]) => T, digits: (count: number) => string): Phone {
  const chance = random();
  const area = pick(AREA_CODES);
  const exchange = String(2 + Math.floor(random() * 8)) + digits(2);
  const line = digits(4);
  const e164 = `+1${area}${exchange}${line}`;
  if (chance < 0.25) return { text: area + exchange + line, e164 };
  if (chance < 0.35) return { text: `1${area}${exchange}${line}`, e164 };
  if (chance < 0.55) return { text: `(${area}) ${exchange}-${line}`, e164 };
  if (chance < 0.65) return { text: `${area}-${exchange}-${line}`, e164 };
  if (chance < 0.72) return { text: e164, e164 };
  if (chance < 0.76) return { text: `+1 (${area}) ${exchange}-${line}`, e164 };
  if (chance < 0.8) return { text: `${area}.${exchange}.${line}`, e164 };
  if (chance < 0.84) return international(`+4479${digits(8)}`);
  if (chance < 0.88) return international(`+49 151 ${digits(8)}`);
  if (chance < 0.91) return international(`+33 6 ${digits(2)} ${digits(2)} ${digits(2)} ${digits(2)}`);
  if (chance < 0.93) return international(`+91 98${digits(8)}`);
  if (chance < 0.95) return international(`+5511 9${digits(8)}`);
  if (chance < 0.97) return { text: `${area}-${exchange}-${line} x${digits(3)}`, e164 };
  if (chance < 0.985) return { text: digits(7), e164: null };
  if (chance < 0.99) return { text: 'n/a', e164: null };
  if (chance < 0.995) return { text: '555-CALL-NOW', e164: null };
  return international(`+1 ${digits(9)}`); // too short for the plan: kept, and marked as doubtful
}

function international(text: string): Phone {
  return { text, e164: text.replaceAll(' ', '') };
}

function asciiName(text: string): string {
  return (
    text
      .normalize('NFD')
      .replace(/[^a-zA-Z]/g, '')
      .toLowerCase() || 'user'
  );
}

/** One CSV line without its line end (RFC 4180 quoting). */
export function toCsvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

export type LeadFile = { readonly bytes: Uint8Array; readonly rows: readonly GeneratedRow[] };

/** A CSV of at most `maxBytes` UTF-8 bytes, or of exactly `rowCount` rows. */
export function makeLeadFile(size: { readonly maxBytes: number } | { readonly rowCount: number }, seed = 42): LeadFile {
  const encoder = new TextEncoder();
  const lines = [`${HEADERS.join(',')}\r\n`];
  const rows: GeneratedRow[] = [];
  let bytes = encoder.encode(lines[0]).length;
  for (const row of generateRows(seed)) {
    const line = `${toCsvLine(row.cells)}\r\n`;
    bytes += Buffer.byteLength(line);
    if ('maxBytes' in size ? bytes > size.maxBytes : rows.length >= size.rowCount) break;
    lines.push(line);
    rows.push(row);
  }
  return { bytes: encoder.encode(lines.join('')), rows };
}
