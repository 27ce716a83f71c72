import type { Exchange } from '../support/crm-recorder.ts';

/** What was seen of one account: its answers, and how long changes stayed unseen (ms). */
export type Seen = { readonly exchanges: readonly Exchange[]; readonly lags: readonly number[] };
/** A place in an answer (`results[].id`) → the kinds of value that stood there. */
type Shape = Map<string, Set<string>>;

/**
 * Where a real account answers otherwise than its loopback: statuses, headers, fields, kinds of value, how times are written,
 * and how late a change is seen. Only what both were asked is compared. `toRoute` names a path without its ids.
 */
export function tellDifferences(loopback: Seen, real: Seen, toRoute: (path: string) => string): readonly string[] {
  const [ours, theirs] = [byRoute(loopback.exchanges, toRoute), byRoute(real.exchanges, toRoute)];
  const routes = [...ours.keys()].filter((route) => theirs.has(route)).sort();
  return [
    ...routes.flatMap((route) => {
      const [here, there] = [byStatus(ours.get(route) ?? []), byStatus(theirs.get(route) ?? [])];
      return [
        ...tellSides(`${route}: status`, [...here.keys()], [...there.keys()]),
        ...[...here.keys()]
          .filter((status) => there.has(status))
          .flatMap((status) => tellAnswers(`${route} ${status}`, here.get(status) ?? [], there.get(status) ?? [])),
      ];
    }),
    ...tellLags(loopback.lags, real.lags),
  ];
}

const byRoute = (exchanges: readonly Exchange[], toRoute: (path: string) => string) =>
  Map.groupBy(exchanges, ({ method, path }) => `${method} ${toRoute(path)}`);
const byStatus = (exchanges: readonly Exchange[]) => Map.groupBy(exchanges, ({ status }) => String(status));

function tellAnswers(where: string, ours: readonly Exchange[], theirs: readonly Exchange[]): readonly string[] {
  const [here, there] = [shapeOf(ours), shapeOf(theirs)];
  const parents = new Set([...here.keys(), ...there.keys()].map(parentOf));
  const fields = (shape: Shape, parent: string) => [...shape.keys()].filter((place) => parentOf(place) === parent);
  return [
    ...tellSides(`${where}: header`, headersOf(ours), headersOf(theirs)),
    ...[...parents].sort().flatMap((parent) => {
      // Where one side has nothing at all, that is told at its parent.
      if (parent !== '' && !(here.has(parent) && there.has(parent))) return [];
      return tellSides(`${where}: field`, fields(here, parent), fields(there, parent));
    }),
    ...[...here.keys()]
      .filter((place) => there.has(place))
      .sort()
      .flatMap((place) => tellSides(`${where}: ${place || 'the answer'} is`, [...(here.get(place) ?? [])], [...(there.get(place) ?? [])])),
  ];
}

/** One line for what only one side has; none where both have the same. */
function tellSides(what: string, ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const list = (side: readonly string[], other: readonly string[]) =>
    side
      .filter((one) => !other.includes(one))
      .sort()
      .join(', ');
  const [here, there] = [list(ours, theirs), list(theirs, ours)];
  const sides = [...(there === '' ? [] : [`only real: ${there}`]), ...(here === '' ? [] : [`only loopback: ${here}`])];
  return sides.length === 0 ? [] : [`${what} (${sides.join('; ')})`];
}

/** Headers that say something to a program; the others are about transport and who serves. */
const TELLING = /ratelimit|limit-info|^retry-after$|^warning$|^content-type$/;

function headersOf(exchanges: readonly Exchange[]): readonly string[] {
  return [...new Set(exchanges.flatMap(({ headers }) => [...headers.keys()].filter((name) => TELLING.test(name))))];
}

function shapeOf(exchanges: readonly Exchange[]): Shape {
  const shape: Shape = new Map();
  for (const { answer } of exchanges) addShape(shape, '', answer);
  return shape;
}

function addShape(shape: Shape, place: string, value: unknown): void {
  shape.set(place, (shape.get(place) ?? new Set()).add(kindOf(value)));
  if (Array.isArray(value)) for (const one of value) addShape(shape, `${place}[]`, one);
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) addShape(shape, `${place}.${name}`, one);
}

const parentOf = (place: string): string => place.replace(/(\[\]|\.[^.[]*)$/, '');

/** How texts are written that programs read. */
const WRITTEN: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'an empty text'],
  [/^\d+$/, 'digits'],
  [/^\d{4}-\d\d-\d\d$/, 'a day'],
  [/^\d{4}-\d\d-\d\dT[\d:]+\.\d+Z$/, 'a time with milliseconds'],
  [/^\d{4}-\d\d-\d\dT[\d:]+Z$/, 'a time without milliseconds'],
  [/^\d{4}-\d\d-\d\dT[\d:]+(\.\d+)?[+-]\d\d:?\d\d$/, 'a time with an offset'],
];

function kindOf(value: unknown): string {
  if (typeof value === 'string') return WRITTEN.find(([pattern]) => pattern.test(value))?.[1] ?? 'a text';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a number';
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'boolean' ? 'true or false' : 'an object';
}

function tellLags(ours: readonly number[], theirs: readonly number[]): readonly string[] {
  const seconds = (lags: readonly number[]) => `${Math.max(...lags) / 1_000} s`;
  if (ours.length === 0 || theirs.length === 0 || seconds(ours) === seconds(theirs)) return [];
  return [`a change was seen after ${seconds(theirs)} (loopback: ${seconds(ours)})`];
}
