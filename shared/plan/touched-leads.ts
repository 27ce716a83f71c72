import type { EarlierRow, Known, KnownLead } from './decide-row.ts';

/** Stored leads that rows of the file are about to change or add to the list. */
export type TouchedLeads = {
  readonly add: (line: number, leadId: string) => void;
  /**
   * What is known about a row, with touched leads among the earlier rows: what a row does to a stored lead, a later row
   * of the same file does not do again. The server, which looks into its tables, sees them so too.
   */
  readonly sortOut: (earlier: readonly EarlierRow[], known: Omit<Known, 'earlier'>) => Known;
};

export function createTouchedLeads(): TouchedLeads {
  const linesByLead = new Map<string, number>();
  const leadsByLine = new Map<number, string>();

  function add(line: number, leadId: string): void {
    if (!linesByLead.has(leadId)) linesByLead.set(leadId, line);
    leadsByLine.set(line, leadId);
  }

  const sortOut: TouchedLeads['sortOut'] = (earlier, known) => {
    if (linesByLead.size === 0 || (earlier.length === 0 && known.leads.length === 0)) return { ...known, earlier };
    return sortOutTouched(
      earlier.map((row) => withLeadId(row, leadsByLine.get(row.line))),
      known,
      (leadId) => linesByLead.get(leadId),
    );
  };

  return { add, sortOut };
}

/**
 * The same where it is known already which leads the earlier rows became; `lineOf` gives the first earlier row that
 * touches a stored lead.
 */
export function sortOutTouched(
  earlier: readonly EarlierRow[],
  known: Omit<Known, 'earlier'>,
  lineOf: (leadId: string) => number | undefined,
): Known {
  if (known.leads.length === 0) return { ...known, earlier };
  const rows = [...earlier];
  const leads: KnownLead[] = [];
  for (const one of known.leads) {
    const line = lineOf(one.id);
    if (line === undefined) leads.push(one);
    else merge(rows, { line, matchedOn: one.matchedOn, lead: one.lead, leadId: one.id, asStored: true });
  }
  return { ...known, leads, earlier: rows.sort((a, b) => a.line - b.line) };
}

function withLeadId(row: EarlierRow, leadId: string | undefined): EarlierRow {
  return leadId === undefined ? row : { ...row, leadId };
}

/** One entry per earlier row, with every kind of key that leads to it. */
function merge(rows: EarlierRow[], found: EarlierRow): void {
  const at = rows.findIndex((row) => row.leadId === found.leadId);
  const row = rows[at];
  if (!row) rows.push(found);
  else rows[at] = { ...row, matchedOn: [...new Set([...row.matchedOn, ...found.matchedOn])] };
}
