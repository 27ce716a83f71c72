import { type DestinationStream, type Level, pino } from 'pino';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
/** All that a log line may hold. A name, an address, a number, a path, a query, a header or a body never does. */
export type LogFields = {
  readonly method?: string;
  /** The route as in the contract. */
  readonly route?: string;
  readonly status?: number;
  readonly code?: string;
  readonly ms?: number;
  readonly requestId?: string;
  readonly importId?: string;
  readonly rows?: number;
  readonly bytes?: number;
  /** Of an exception: its class, its code, and where it was thrown, never its message. */
  readonly errorName?: string;
  readonly errorCode?: string;
  readonly errorAt?: readonly string[];
};
const FIELDS = [
  'method',
  'route',
  'status',
  'code',
  'ms',
  'requestId',
  'importId',
  'rows',
  'bytes',
  'errorName',
  'errorCode',
  'errorAt',
] as const satisfies readonly (keyof LogFields)[];

/** What can be said; a free text could hold anything. */
export type LogEvent =
  | 'request'
  | 'request failed'
  | 'started'
  | 'stopped'
  | 'browser paired'
  | 'pairing failed'
  | 'housekeeping done'
  | 'housekeeping failed'
  | 'sync failed'
  | 'calls not counted';
export type Log = { readonly [L in 'debug' | 'info' | 'warn' | 'error']: (event: LogEvent, fields?: LogFields) => void };

/** A log of JSON lines on stderr (or where `to` says) that passes on the allowed fields only. */
export function createLog(level: LogLevel, to?: DestinationStream): Log {
  const options = { level, base: null, formatters: { log: allowed, level: (label: string) => ({ level: label }) } };
  const out = pino(options, to ?? pino.destination({ dest: 2, sync: true }));
  const line =
    (at: Level) =>
    (event: LogEvent, fields: LogFields = {}) =>
      out[at](fields, event);
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

function allowed(fields: object): Record<string, unknown> {
  const given = new Map(Object.entries(fields));
  return Object.fromEntries(FIELDS.filter((field) => given.has(field)).map((field) => [field, given.get(field)]));
}

/** An exception without its message, which can quote what somebody sent. */
export function fieldsOfException(exception: unknown): LogFields {
  if (!(exception instanceof Error)) return { errorName: typeof exception };
  const stack = exception.stack ?? '';
  // The message stands before the places and may run over several lines.
  const places = stack.slice(stack.indexOf(exception.message) + exception.message.length).split('\n');
  const frames = places.filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  const code = 'code' in exception && typeof exception.code === 'string' ? exception.code : null;
  return { errorName: exception.name, errorAt: frames.slice(0, 8).map((frame) => frame.trim()), ...(code ? { errorCode: code } : {}) };
}
