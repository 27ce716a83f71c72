import { badGateway, expiredToken, HubspotError, hubspotError, type RatePolicy, tooMany } from './hubspot-errors.ts';

export type LoggedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly at: number;
};
/** Which requests it hits: those whose `METHOD /path` holds the text or fits the pattern. */
export type FaultRoute = string | RegExp;
type Effect =
  | { readonly kind: 'answer'; readonly when: 'before' | 'after'; readonly error: () => HubspotError }
  | { readonly kind: 'silence'; readonly when: 'before' | 'after' }
  | { readonly kind: 'meanwhile'; readonly act: () => void };
type Fault = { readonly route: FaultRoute; readonly effect: Effect; left: number };

const EXPIRED_AT = Date.UTC(2026, 10, 2, 8, 59);

/** The connection breaks without an answer. */
export class NoAnswer extends Error {}

export type Faults = ReturnType<typeof makeFaults>;

/** What goes wrong next. Each fault hits the next `times` requests of its route, in the order they were planned. */
export function makeFaults() {
  const planned: Fault[] = [];
  const plan = (route: FaultRoute, effect: Effect, times: number) => {
    planned.push({ route, effect, left: times });
  };
  const refuse = (route: FaultRoute, error: () => HubspotError, times: number) =>
    plan(route, { kind: 'answer', when: 'before', error }, times);
  return {
    /** 429 of a policy; seconds go into Retry-After. */
    tooMany: (route: FaultRoute, policy: RatePolicy, retryAfterSeconds: number | null = null, times = 1) =>
      refuse(route, () => tooMany(policy, retryAfterSeconds), times),
    locked: (route: FaultRoute, times = 1) => refuse(route, () => hubspotError(423, null, 'Resource is locked'), times),
    /** 477: the portal is being moved to another data centre. */
    migrating: (route: FaultRoute, retryAfterSeconds = 60, times = 1) =>
      refuse(route, () => withHeader(hubspotError(477, null, 'Migration in progress'), 'Retry-After', String(retryAfterSeconds)), times),
    /** A gateway's HTML page instead of an answer, with nothing done. */
    badGateway: (route: FaultRoute, times = 1, status = 502) => refuse(route, () => badGateway(status), times),
    expired: (route: FaultRoute, times = 1) => refuse(route, () => expiredToken(EXPIRED_AT, EXPIRED_AT + 5_000), times),
    /** Any answer, with nothing done. */
    answer: (route: FaultRoute, status: number, body: Readonly<Record<string, unknown>> | string, times = 1) =>
      refuse(route, () => new HubspotError(status, body), times),
    /** Done, and a gateway's page answers. */
    gatewayAfter: (route: FaultRoute, times = 1) => plan(route, { kind: 'answer', when: 'after', error: () => badGateway(504) }, times),
    /** Done, and the answer is lost. */
    loseReply: (route: FaultRoute, times = 1) => plan(route, { kind: 'silence', when: 'after' }, times),
    /** Not done, and no answer either. */
    drop: (route: FaultRoute, times = 1) => plan(route, { kind: 'silence', when: 'before' }, times),
    /** Something happens just before the request is carried out, as a person's edit that races with ours. */
    meanwhile: (route: FaultRoute, act: () => void, times = 1) => plan(route, { kind: 'meanwhile', act }, times),
    clear: () => planned.splice(0),
    /** The faults of one request, taken off the plan. */
    take: (name: string): readonly Effect[] => {
      const hits = planned.filter(({ route }) => (typeof route === 'string' ? name.includes(route) : route.test(name)));
      const acts = hits.filter(({ effect }) => effect.kind === 'meanwhile');
      const first = hits.find(({ effect }) => effect.kind !== 'meanwhile');
      const now = first ? [...acts, first] : acts;
      for (const fault of now) {
        fault.left -= 1;
        if (fault.left === 0) planned.splice(planned.indexOf(fault), 1);
      }
      return now.map(({ effect }) => effect);
    },
  };
}

function withHeader({ status, body, headers }: HubspotError, name: string, value: string): HubspotError {
  return new HubspotError(status, body, { ...headers, [name]: value });
}

/** Carries a request out with its faults around it. */
export function withFaults<T>(effects: readonly Effect[], carryOut: () => T): T {
  for (const effect of effects) {
    if (effect.kind === 'meanwhile') effect.act();
    else if (effect.when === 'before') fall(effect);
  }
  const answer = carryOut();
  for (const effect of effects) if (effect.kind !== 'meanwhile' && effect.when === 'after') fall(effect);
  return answer;
}

function fall(effect: Exclude<Effect, { readonly kind: 'meanwhile' }>): never {
  if (effect.kind === 'answer') throw effect.error();
  throw new NoAnswer('no answer');
}
