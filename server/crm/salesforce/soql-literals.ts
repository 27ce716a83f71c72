import type { ValueType } from '#shared/crm/record.ts';
import { blank, type Literal } from './soql.ts';

/**
 * Literals as SOQL has them, which Salesforce itself wrote. They are taken as they stand, since a text's escapes mean more in a
 * LIKE than elsewhere, and only in these forms:
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
 */
const TEXT = /^'(?:[^'\\\p{Cc}\u2028\u2029]|\\[nrtbf"'\\_%]|\\u[\da-f]{4})*'$/iu;
const NUMBER = /^[+-]?(?:0|[1-9]\d*|\d*\.\d+)$/;
/** An amount in a currency of the org's, as USD5000. */
const AMOUNT = /^[A-Z]{3}\d+(?:\.\d+)?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:?\d\d)$/i;
/** https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm */
const NAMED_DAYS =
  /^(?:YESTERDAY|TODAY|TOMORROW|LAST_90_DAYS|NEXT_90_DAYS|(?:LAST|THIS|NEXT)_(?:FISCAL_)?(?:QUARTER|YEAR)|(?:LAST|THIS|NEXT)_(?:WEEK|MONTH)|(?:LAST|NEXT)_N_(?:DAYS|WEEKS|MONTHS|QUARTERS|YEARS|FISCAL_QUARTERS|FISCAL_YEARS):\d{1,6}|N_(?:DAYS|WEEKS|MONTHS|QUARTERS|YEARS|FISCAL_QUARTERS|FISCAL_YEARS)_AGO:\d{1,6})$/i;

const FORMS: Readonly<Record<ValueType, readonly RegExp[]>> = {
  text: [TEXT],
  email: [TEXT],
  phone: [TEXT],
  choice: [TEXT],
  choices: [TEXT],
  number: [NUMBER, AMOUNT],
  date: [DAY, NAMED_DAYS],
  dateTime: [MOMENT, NAMED_DAYS],
  yesNo: [/^(?:true|false)$/i],
};
const EVERY_FORM = [...new Set(Object.values(FORMS).flat())];

/** The literal that a text is, of a field's type where that is known; null where it is none. */
export function readLiteral(text: string, type: ValueType | null): Literal | null {
  if (/^null$/i.test(text)) return blank;
  const forms = type === null ? EVERY_FORM : FORMS[type];
  return forms.some((form) => form.test(text)) ? { kind: 'written', text } : null;
}
