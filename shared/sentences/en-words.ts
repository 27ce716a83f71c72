/** English numbers, sizes, dates and plurals. */

/** 2341 → "2,341" */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** A noun with its number: "1 lead", "2,341 leads". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** 0.994 → "99 %". All and none are said only where they are true. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  const whole = rounded === 100 && share < 1 ? 99 : rounded === 0 && share > 0 ? 1 : rounded;
  return `${whole} %`;
}

/** Bytes as people say them: "300 bytes", "40 kB", "12.4 MB". A MB is 1,048,576 bytes, as the limits are. */
export function size(bytes: number): string {
  if (bytes < 1024) return counted(bytes, 'byte');
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'kB'] : [bytes / 1024 / 1024, 'MB'];
  return `${number(value < 100 ? Math.round(value * 10) / 10 : Math.round(value))} ${unit}`;
}

/** Two sizes, the second smaller: with as many digits as it takes to tell them apart. "10,485,761 bytes", "10,485,760 bytes" */
export function sizes(bytes: number, limit: number): readonly [string, string] {
  if (size(bytes) !== size(limit)) return [size(bytes), size(limit)];
  return [counted(bytes, 'byte'), counted(limit, 'byte')];
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** "2026-05-04" → "4 May 2026"; anything else as it is. */
export function day(isoDate: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(isoDate);
  const month = MONTHS[Number(parts?.[2]) - 1];
  return parts && month ? `${Number(parts[3])} ${month} ${parts[1]}` : isoDate;
}

/** A text from a file inside a sentence, not longer than a line. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return `“${letters.length > 40 ? `${letters.slice(0, 39).join('')}…` : line}”`;
}
