/** Three hundred people who do not exist: the same on every machine. Numbers are of the range that is kept for stories. */
export type Invented = {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly company: string;
  readonly jobTitle: string;
  readonly city: string;
};

const FIRST_NAMES =
  'Maya,Tobias,Nadia,Chloé,Samuel,Hana,Owen,Zoë,Łukasz,Priya,Søren,Ingrid,Mateo,Aisha,Björn,Renée,Wei,Siobhán,Jürgen,Leila'.split(',');
const LAST_NAMES =
  'Lindqvist,Gallagher,Okafor,Moreau,Nakamura,Novák,Fernandes,Haugen,Petrova,Castellanos,Weiss,Rahman,Kowalska,Brennan,Ito'.split(',');
const COMPANIES = 'Fernhill,Alder & Birch,Northlight,Harbour Foods,Kestrel Pumps,Lumen Works,Quarry Lane,Tidewater,Vireo Labs'.split(',');
const JOB_TITLES = 'Buyer,Head of sales,Operations lead,Founder,Purchasing manager,Account executive,Plant engineer'.split(',');
const CITIES = 'Oslo,Lyon,Austin,Porto,Osaka,Leeds,Graz,Tampa'.split(',');
const AREA_CODES = ['202', '312', '415'] as const;

export const PEOPLE_COUNT = FIRST_NAMES.length * LAST_NAMES.length;

/** Everybody; each source of the demo holds a part, and neighbours share some, so that duplicates are met. */
export function inventPeople(): readonly Invented[] {
  return Array.from({ length: PEOPLE_COUNT }, (_, at) => {
    const firstName = pick(FIRST_NAMES, at);
    const lastName = pick(LAST_NAMES, at + 2 * Math.floor(at / FIRST_NAMES.length));
    const company = pick(COMPANIES, at * 5 + 2);
    const mailbox = `${firstName}.${lastName}`
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replaceAll('Ł', 'L')
      .replaceAll('ø', 'o')
      .toLowerCase();
    return {
      firstName,
      lastName,
      email: `${mailbox}@${company.toLowerCase().replace(/[^a-z]+/g, '-')}.example`,
      phone: `+1 ${pick(AREA_CODES, Math.floor(at / 100))}-555-01${String(at % 100).padStart(2, '0')}`,
      company,
      jobTitle: pick(JOB_TITLES, at * 3 + 1),
      city: pick(CITIES, at * 3),
    };
  });
}

/** Who is where, as places in the list of all. */
export const SHARES = { sheet: [0, 130], csv: [110, 180], hubspot: [160, 250], salesforce: [230, 300] } as const;

function pick(words: readonly string[], at: number): string {
  return words[at % words.length] ?? '';
}
