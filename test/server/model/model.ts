import type { Entry, Field, Policy, Values } from './words.ts';

/** What the product promises (its page on duplicates, suppression and undo), written down a second time. */
export type Logged = { readonly field: Field; readonly old: string; readonly new: string; readonly by: number | null; undone: boolean };
export type ModelLead = {
  id: string;
  values: Values;
  blocked: boolean;
  readonly madeBy: number;
  readonly lists: Map<number, number | null>;
  readonly log: Logged[];
};
export type ModelRow = { readonly line: number; readonly values: Values; bucket: string; about: ModelLead | null; kept: boolean };
export type ModelImport = {
  readonly at: number;
  readonly policy: Policy;
  readonly unattended: boolean;
  /** In-file duplicates are found among the rows as they came, not only among the leads they became. */
  readonly seesRows: boolean;
  list: number;
  readonly rows: ModelRow[];
  readonly wrote: Map<ModelLead, { readonly line: number; readonly row: Values; readonly before: Values | null }>;
  undone: boolean;
};
export type Verdict = {
  readonly bucket: string;
  readonly about: ModelLead | null;
  readonly changes: readonly Pick<Logged, 'field' | 'old' | 'new'>[] /** In review for the phone of this earlier row. */;
  readonly above?: ModelLead;
};
type Met = { readonly lead: ModelLead; readonly on: ReadonlySet<string>; readonly as: Values; readonly line: number };
export type World = { readonly leads: ModelLead[]; readonly entries: Entry[] };

export function keysOf({ email, altEmail1, phone, linkedinUrl }: Values): readonly (readonly [string, string])[] {
  const keys = [
    ['email', email],
    ['email', altEmail1],
    ['phone', phone],
    ['linkedin', linkedinUrl],
  ] as const;
  return keys.flatMap(([kind, value]) => (value ? [[kind, value] as const] : []));
}
const shared = (a: Values, b: Values) =>
  new Set(keysOf(a).flatMap(([kind, value]) => (keysOf(b).some(([k, v]) => k === kind && v === value) ? [kind] : [])));
const nameOf = (one: Values) => `${one.firstName} ${one.lastName}`.toLowerCase();
const isSame = (a: Values, b: Values, on: ReadonlySet<string>) =>
  on.has('email') || on.has('linkedin') || !a.email || !b.email || nameOf(a) === nameOf(b);

/** Any address, number or alternate is on the list; a domain includes its subdomains. */
export function isHeld({ entries }: World, { email, altEmail1, phone, altPhone1 }: Values): boolean {
  const isIn = (domain: string, address = '') =>
    address.endsWith(`@${domain}`) || (address.includes('@') && address.endsWith(`.${domain}`));
  return entries.some(({ kind, value }) => {
    if (kind === 'phone') return phone === value || altPhone1 === value;
    return kind === 'email' ? email === value || altEmail1 === value : isIn(value, email) || isIn(value, altEmail1);
  });
}

/** What the policy needs; names are always there. */
const isStorable = ({ email, phone, linkedinUrl }: Values, { require }: Policy) =>
  require === 'complete' ? email && phone : email || phone || linkedinUrl;

/** What becomes of a row: the order is that of the buckets, then suppression, the file, the workspace. */
export function judge(world: World, row: Values, of: ModelImport): Verdict {
  const { policy, unattended } = of;
  const plain = (bucket: string, about: ModelLead | null = null): Verdict => ({ bucket, about, changes: [] });
  if (Object.keys(row).length === 0) return plain('blank');
  if (!isStorable(row, policy)) return plain('rejected');
  if (isHeld(world, row)) return plain('suppressed');
  const met = world.leads.map((lead) => meet(lead, row, of)).filter(({ on }) => on.size > 0);
  const earlier = met.filter(({ line }) => line > 0).sort((a, b) => a.line - b.line);
  const others = met.filter(({ line }) => line === 0);
  const [strong, second] = others.filter(({ on }) => on.size > 1 || !on.has('phone'));
  const certain = strong && !second && strong.on.has('phone') && policy.onDuplicate !== 'create';
  const same = earlier.find(({ as, on }) => isSame(row, as, on) && !(certain && on.size === 1 && on.has('phone')));
  if (same) return plain('duplicate', same.lead);
  if (policy.onDuplicate === 'create') return plain('created');
  if (earlier[0] && !certain) return unattended ? plain('duplicate', earlier[0].lead) : { ...plain('review'), above: earlier[0].lead };
  const [only, more] = others;
  if (!only) return plain('created');
  if (strong && !second && (certain || !more)) return about(strong.lead, row, of);
  if (more) return plain('review');
  if (isSame(row, only.as, only.on)) return about(only.lead, row, of);
  if (!unattended) return plain('review', only.lead);
  return only.lead.lists.has(of.list) || policy.scope === 'workspace' ? about(only.lead, row, of) : plain('created');
}

function meet(lead: ModelLead, row: Values, of: ModelImport): Met {
  const written = of.wrote.get(lead);
  if (!written || !of.seesRows) return { lead, on: shared(row, lead.values), as: lead.values, line: written?.line ?? 0 };
  const byRow = shared(row, written.row);
  const byLead = written.before ? shared(row, written.before) : new Set<string>();
  return {
    lead,
    on: new Set([...byRow, ...byLead]),
    as: byRow.size > 0 || !written.before ? written.row : written.before,
    line: written.line,
  };
}

/** The table of duplicates for a row that is about this lead. */
export function about(lead: ModelLead, row: Values, of: ModelImport): Verdict {
  const changes = changesOf(lead.values, row, of.policy);
  const counts = lead.lists.has(of.list) || of.policy.scope === 'workspace';
  return { bucket: counts ? (changes.length > 0 ? 'updated' : 'duplicate') : 'addedToList', about: lead, changes };
}

function changesOf(old: Values, row: Values, policy: Policy): Verdict['changes'] {
  const twins = { altEmail1: [old.email, old.altEmail1], altPhone1: [old.phone, old.altPhone1] } as {
    [F in Field]?: (string | undefined)[];
  };
  return (Object.keys(row) as Field[]).flatMap((field) => {
    const value = row[field] ?? '';
    const was = old[field] ?? '';
    const fills = policy.onDuplicate === 'fill' && was === '' && !twins[field]?.includes(value);
    const replaces = policy.onDuplicate === 'overwrite' && policy.overwriteFields.includes(field) && value !== was;
    return value !== '' && (fills || replaces) ? [{ field, old: was, new: value }] : [];
  });
}

/** Carries a verdict out; a new lead has no id yet. */
export function carryOut(world: World, row: ModelRow, verdict: Verdict, of: ModelImport): void {
  row.bucket = verdict.bucket;
  row.about = verdict.about;
  row.kept = verdict.bucket === 'review';
  if (verdict.bucket === 'created') {
    row.about = { id: '', values: row.values, blocked: false, madeBy: of.at, lists: new Map([[of.list, of.at]]), log: [] };
    world.leads.push(row.about);
    of.wrote.set(row.about, { line: row.line, row: row.values, before: null });
  } else if (row.about && (verdict.bucket === 'updated' || verdict.bucket === 'addedToList')) {
    if (!of.wrote.has(row.about)) of.wrote.set(row.about, { line: row.line, row: row.values, before: row.about.values });
    change(row.about, verdict.changes, of.at);
    if (verdict.bucket === 'addedToList') row.about.lists.set(of.list, of.at);
  }
}

export function change(lead: ModelLead, changes: Verdict['changes'], by: number | null): void {
  for (const one of changes) {
    lead.values = withValue(lead.values, one.field, one.new);
    lead.log.push({ ...one, by, undone: false });
  }
}
export function withValue(values: Values, field: Field, value: string): Values {
  const { [field]: _, ...rest } = values;
  return value === '' ? rest : { ...rest, [field]: value };
}

export type Kept = { readonly lead: ModelLead; readonly reason: string; readonly fields: readonly string[] };
/** Takes an import back: its own leads go unless touched since, others get back what nobody changed since. */
export function takeBack(
  world: World,
  of: ModelImport,
): { readonly removed: number; readonly restored: number; readonly kept: readonly Kept[] } {
  const kept: Kept[] = [];
  let removed = 0;
  let restored = 0;
  for (const lead of [...of.wrote.keys()].filter((one) => world.leads.includes(one))) {
    if (lead.madeBy === of.at) {
      const reason = whyTouched(world, lead, of);
      if (reason) kept.push({ lead, reason, fields: [] });
      else removed += world.leads.splice(world.leads.indexOf(lead), 1).length;
      continue;
    }
    const left = lead.lists.get(of.list) === of.at && lead.lists.delete(of.list);
    const fields: { readonly field: string; readonly reason: string }[] = [];
    let back = 0;
    for (const field of new Set(lead.log.filter((one) => one.by === of.at && !one.undone).map((one) => one.field))) {
      const log = lead.log.filter((one) => one.field === field && !one.undone);
      const own = log.slice(log.findLastIndex((one) => one.by !== of.at) + 1);
      const old = own[0]?.old ?? '';
      if (own.length === 0) fields.push({ field, reason: 'edited_since' });
      else if (isHeld(world, { [field]: old })) fields.push({ field, reason: 'suppressed' });
      else {
        lead.values = withValue(lead.values, field, old);
        for (const one of own) one.undone = true;
        back++;
      }
    }
    if (left || back > 0) restored++;
    const reason = fields.some((one) => one.reason === 'suppressed') ? 'suppressed' : 'edited_since';
    if (fields.length > 0) kept.push({ lead, reason, fields: fields.map((one) => `${one.field} ${one.reason}`).sort() });
  }
  of.undone = true;
  return { removed, restored, kept };
}

function whyTouched(world: World, lead: ModelLead, of: ModelImport): string | null {
  const touches = lead.log.filter((one) => !one.undone && one.by !== of.at);
  const ofField = (field: string) => touches.filter((one) => one.field === field);
  const since = touches.filter(({ field }) => ofField(field)[0]?.old !== ofField(field).at(-1)?.new);
  if (since.some((one) => one.by === null)) return 'edited_since';
  if (since.length > 0) return 'changed_by_import';
  if ([...lead.lists.values()].some((by) => by !== of.at)) return 'added_to_list';
  return lead.blocked && !isHeld(world, lead.values) ? 'do_not_contact' : null;
}
