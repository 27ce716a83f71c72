const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/**
 * A number as its digits, with nothing that says no more: 007.50 is 7.5, 1e3 is 1000. However many there are, they stay:
 * none goes through a floating point number. Null where a text is no number.
 */
export function toDecimal(text: string): string | null {
  const parts = DECIMAL.exec(text.replace(/[\s\u00a0\u202f]/g, ''));
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts ?? [];
  if (whole + fraction === '') return null;
  const shift = Number(exponent);
  const digits = `${'0'.repeat(Math.max(0, -shift))}${whole}${fraction}${'0'.repeat(Math.max(0, shift - fraction.length))}`;
  const point = digits.length - Math.max(0, fraction.length - shift);
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const right = digits.slice(point).replace(/0+$/, '');
  const number = right === '' ? left : `${left}.${right}`;
  return sign === '-' && number !== '0' ? `-${number}` : number;
}

/** Says whether a JavaScript number is the one that a text writes; most of more than 15 figures are not. */
export function isExact(value: number, text: string): boolean {
  return toDecimal(String(value)) === toDecimal(text);
}
