import type { HttpBindings } from '@hono/node-server';
import type { ErrorCode } from '#shared/api/errors.ts';
import type { CrmParts } from '../crm/crm-parts.ts';
import type { GoogleConfig } from '../imports/google-code.ts';
import type { Actor, Backend } from '../leads/backend.ts';
import type { Figures } from './metrics.ts';
import type { Pages } from './pages/pages.ts';
import type { Limits } from './rate-limit.ts';

/** What the HTTP edge is made of. */
export type EdgeParts = {
  readonly backend: Backend;
  readonly crm: CrmParts;
  readonly config: EdgeConfig;
  readonly log: { readonly info: (event: 'browser paired') => void };
  /** The workspace of this server. */
  readonly workspace: Actor['workspace'];
  /** The address people use, as an origin. Known once the server listens. */
  readonly url: () => string;
  /** The port it listens on. */
  readonly port: () => number;
  /** An id for a request. */
  readonly newId: () => string;
  readonly version: string;
  readonly pages: Pages;
  readonly figures: Figures;
  readonly limits: Limits;
};

/** What an operator has set, as far as the edge needs it. */
export type EdgeConfig = {
  /** Only this machine can connect: loopback names are accepted as `Host`. */
  readonly listensOnLoopback: boolean;
  /** And nobody else comes in through a proxy either: valid keys are not limited. */
  readonly isLocalOnly: boolean;
  readonly maxFileBytes: number;
  /** Chromium extensions that may call. */
  readonly extensionIds: readonly string[];
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustsProxy: ((address: string) => boolean) | null;
  readonly vendors: { readonly google: GoogleConfig };
};

/** Who asks, and the extension origin the key was paired from. */
export type Holder = { readonly actor: Actor; readonly origin: string | null };

/** What the gates have found out about a request by the time its handler runs. */
export type Edge = {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: {
    requestId: string;
    /** The path of the route as in the contract; a path of a request never reaches a log. */
    route: string;
    errorCode: ErrorCode | null;
    /** Where the request comes from; only for limits. */
    address: string;
    /** Who holds the key of the request; undefined until it was looked up, null when nobody does. */
    holder: Holder | null | undefined;
    /** Null on public routes. */
    actor: Actor | null;
    /** Sent by a browser extension that may call; null where there is none. */
    origin: string | null;
  };
};
