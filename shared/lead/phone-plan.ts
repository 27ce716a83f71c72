/** The short way to libphonenumber's verdict: its own patterns of a numbering plan, compiled once. */

/** A numbering plan as the metadata hold it: texts of regular expressions over the national number. */
export type PlanSource = {
  readonly callingCode: string;
  readonly pattern: string;
  /** Kinds of numbers (fixed line, mobile …); null where the metadata name none and the pattern alone decides. */
  readonly types: readonly { readonly pattern: string; readonly lengths: readonly number[] }[] | null;
  readonly prefixForParsing: string | null;
  readonly leadingDigits: string | null;
  readonly internationalPrefix: string | null;
};

export type NumberPlan = {
  readonly callingCode: string;
  /** Sure to be valid and to be written as it is. False says nothing: then the library is asked. */
  readonly isSurelyValid: (nationalNumber: string) => boolean;
  /** The national number behind digits dialled at home, null when the library must be asked. */
  readonly readNational: (digits: string) => string | null;
};

/**
 * Compiles a plan. Only the sure cases are decided here: no prefix to take off, the pattern and a kind match.
 * Everything else is the library's, so that both can never disagree.
 */
export function compilePlan(source: PlanSource): NumberPlan {
  const pattern = whole(source.pattern);
  const types = source.types?.filter((type) => type.pattern !== '').map((type) => ({ test: whole(type.pattern), lengths: type.lengths }));
  const prefix = source.prefixForParsing ? new RegExp(`^(?:${source.prefixForParsing})`) : null;
  const leading = source.leadingDigits ? new RegExp(`^(?:${source.leadingDigits})`) : null;
  const idd = source.internationalPrefix ? new RegExp(`^(?:${source.internationalPrefix})`) : null;

  const isValid = (national: string) => {
    if (!pattern.test(national) || (leading && !leading.test(national))) return false;
    return !types || types.some((type) => type.lengths.includes(national.length) && type.test.test(national));
  };
  const isSurelyValid = (national: string) => !prefix?.test(national) && isValid(national);
  return {
    callingCode: source.callingCode,
    isSurelyValid,
    readNational: (digits) => {
      if (idd?.test(digits)) return null;
      const hasZero = source.prefixForParsing === '0' && digits.startsWith('0');
      const national = hasZero ? digits.slice(1) : digits;
      if (!hasZero && (prefix?.test(digits) || digits.startsWith(source.callingCode))) return null;
      return isSurelyValid(national) ? national : null;
    },
  };
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
