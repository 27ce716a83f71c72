import { type Claim, type ClaimKind, CONFIDENCE } from './claims.ts';
import { normaliseHeader } from './normalise-header.ts';

/**
 * Whose address or number a word makes of a column, in the languages of the headers: the boss's, an office's that many
 * read, whoever pays. As they stand in a normalised header; the beginnings are those of compounds ("Rechnungsadresse").
 */
const WORDS =
  'ceo cfo cto coo cmo cio md boss bosses chief chef dirigeant gerant pdg gerente jefe jefa chefe diretor titolare capo baas directeur inhaber prezes szef ' +
  'vd hr rh rrhh personalabteilung billing invoice invoices invoicing rechnung rechnungen facture factures facturation factura facturas facturacion ' +
  'fatura faturamento fattura fatture fatturazione factuur facturen facturatie faktura faktury fakturering info shared generic general team hotel ' +
  'hostmaster postmaster noreply';
const BEGINNINGS = ['geschaftsfuhr', 'geschaeftsfuehr', 'rechnungs', 'facturac', 'fatturaz', 'human resources', 'no reply'];

const words: ReadonlySet<string> = new Set(WORDS.split(' '));
const NAMES: readonly ClaimKind[] = ['firstName', 'lastName', 'fullName', 'name'];

/**
 * An address or a number of the boss, of an office or of who pays is the lead's only where the file has that one's name;
 * else it is a question, though the file has no other: many leads would share it.
 */
export function askOfOthersBoxes(claims: readonly Claim[]): readonly Claim[] {
  const named = new Set(claims.filter(({ kind }) => NAMES.includes(kind)).map(({ column }) => whoseBox(column.header)));
  return claims.map((claim) => {
    const isWay = claim.kind === 'email' || claim.kind === 'phone';
    const whose = isWay && claim.column.sameName === null ? whoseBox(claim.column.header) : null;
    // Shops call the buyer's own phone a billing phone.
    if (whose === null || named.has(whose) || (whose === 'billing' && claim.kind === 'phone')) return claim;
    return { ...claim, confidence: Math.min(claim.confidence, CONFIDENCE.disagree), reason: { code: 'other_person' } };
  });
}

/** The word of a header that says whose box it is, null where none does. */
function whoseBox(header: string): string | null {
  const normal = normaliseHeader(header);
  const beginning = BEGINNINGS.find((start) => ` ${normal}`.includes(` ${start}`));
  return beginning ?? normal.split(' ').find((word) => words.has(word)) ?? null;
}
