import type { GeneratedRow } from './make-leads.ts';

export type ExpectedBuckets = {
  readonly total: number;
  readonly rejected: number;
  readonly created: number;
  readonly duplicate: number;
  readonly review: number;
};

/**
 * Counts by hand what importing generated rows into an empty workspace must give under the default policy (all four
 * fields required, duplicates skipped). Written from the rules, sharing no code with the product.
 */
export function countExpected(rows: readonly GeneratedRow[]): ExpectedBuckets {
  const emails = new Set<string>();
  const namesByPhone = new Map<string, Set<string>>();
  let rejected = 0;
  let created = 0;
  let duplicate = 0;
  let review = 0;
  for (const { truth } of rows) {
    if (!truth.firstName || !truth.lastName || !truth.email || !truth.phone) {
      rejected++;
      continue;
    }
    const name = plainName(`${truth.firstName} ${truth.lastName}`);
    const sharedPhone = namesByPhone.get(truth.phone);
    if (emails.has(truth.email) || sharedPhone?.has(name)) {
      duplicate++;
      continue;
    }
    if (sharedPhone) {
      review++;
      continue;
    }
    created++;
    emails.add(truth.email);
    namesByPhone.set(truth.phone, new Set([name]));
  }
  return { total: rows.length, rejected, created, duplicate, review };
}

function plainName(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
