import { expect } from 'vitest';
import { ask, type Target } from './chunked-client.ts';
import { FIELDS, type Field, type Remote, type RemotePerson } from './crm-remote.ts';

export type LeadHere = { readonly id: string; readonly email: string } & { readonly [F in Field]?: string };
type Edit = {
  readonly side: 'here' | 'there';
  readonly email: string;
  readonly field: Field;
  readonly value: string;
  /** What the person saw and wrote over. */
  readonly replaced: string;
};

/** Everything of a list that comes in pages. */
async function getAll<T>(target: Target, path: string, name: string): Promise<readonly T[]> {
  const items: T[] = [];
  for (let cursor = ''; ; ) {
    const reply = await ask(target, 'GET', `${path}?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    if (reply?.status !== 200) throw new Error(`${path}: ${reply?.status} ${reply?.body}`);
    const page = JSON.parse(reply.body);
    items.push(...page[name]);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}
export const leadsOf = (target: Target) => getAll<LeadHere>(target, '/api/leads', 'leads');

/** What people did on both sides, each value never written before. */
export function createEdits(remote: Remote) {
  const edits: Edit[] = [];
  const madeHere = new Set<string>();
  let count = 0;
  return {
    count: () => edits.length,
    async makeHere(target: Target): Promise<void> {
      const number = madeHere.size;
      const email = `here${number}@example.com`;
      const lead = {
        firstName: 'Cy',
        lastName: `Ray ${number}`,
        email,
        phone: `+1202${3_000_000 + number}`,
        jobTitle: 'Owner',
        companyName: 'Oakdale',
      };
      const reply = await ask(target, 'POST', '/api/leads', { leads: [lead] });
      if (reply?.status !== 200 && reply?.status !== 201) throw new Error(`${reply?.status} ${reply?.body}`);
      madeHere.add(email);
    },
    async editHere(target: Target, lead: LeadHere, field: Field): Promise<void> {
      const value = `Here ${count++}`;
      const reply = await ask(target, 'PATCH', `/api/leads/${lead.id}`, { [field]: value });
      if (reply?.status !== 200) throw new Error(`${reply?.status} ${reply?.body}`);
      edits.push({ side: 'here', email: lead.email, field, value, replaced: lead[field] ?? '' });
    },
    editThere(person: RemotePerson, field: Field): void {
      const value = `There ${count++}`;
      const replaced = remote.edit(person, field, value);
      edits.push({ side: 'there', email: person.email, field, value, replaced });
    },
    /** Everybody is on both sides exactly once, both sides agree, and nothing that somebody wrote is lost without a word. */
    async judge(target: Target, connection: string): Promise<void> {
      const here = await leadsOf(target);
      const there = remote.people();
      const sorted = (texts: Iterable<string>) => [...texts].toSorted();
      expect(sorted(there.map(({ email }) => email))).toEqual(sorted(new Set(here.map(({ email }) => email))));
      expect(new Set(here.map(({ email }) => email)).size).toBe(here.length);
      const keys = there.flatMap(({ key }) => key ?? []);
      expect(new Set(keys).size).toBe(keys.length);
      const idOf = new Map(here.map(({ id, email }) => [email, id]));
      for (const { email, key } of there) if (key !== null || madeHere.has(email)) expect(key).toBe(idOf.get(email));
      expect([...madeHere].filter((email) => !idOf.has(email))).toEqual([]);

      const conflicts = await getAll<{ base: string; ours: string; theirs: string }>(target, `${connection}/conflicts`, 'conflicts');
      const recorded = new Set(conflicts.flatMap(({ base, ours, theirs }) => [base, ours, theirs]));
      const written = new Set(edits.map(({ replaced }) => replaced));
      const thereOf = new Map(there.map((person) => [person.email, person]));
      for (const lead of here)
        for (const field of FIELDS) {
          const value = lead[field] ?? '';
          expect([lead.email, field, thereOf.get(lead.email)?.values.get(field)]).toEqual([lead.email, field, value]);
        }
      const standing = new Set(here.flatMap((lead) => FIELDS.map((field) => lead[field])));
      const lost = edits.filter(({ value }) => !standing.has(value) && !recorded.has(value) && !written.has(value));
      expect(lost).toEqual([]);
    },
  };
}
export type Edits = ReturnType<typeof createEdits>;
