import fc from 'fast-check';

/** Texts that mean something to SOQL, to JSON or to an address, and any others. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    "O'Brien",
    '\\',
    "\\'",
    "' OR Id != '",
    '"',
    '\n',
    '\r\n\t',
    '\b\f',
    '%_',
    "') FROM User--",
    '漢字',
    '\u0000',
    '\u2028',
    '{!x}',
    ':bind',
  ),
);
