import * as z from 'zod/mini';
import { REQUIRE_POLICIES } from '../lead/lead.ts';
import { country } from './imports.ts';
import { count, listOf, moment, name } from './json.ts';

export const ROLES = ['viewer', 'member', 'admin'] as const;
export type Role = (typeof ROLES)[number];
const role = z.enum(ROLES);

/** GET /api/workspace */
export const workspaceAnswer = z.object({
  id: z.string(),
  name: z.string(),
  plan: z.enum(['free', 'premium']),
  /** Of the key that asks. */
  role,
  limits: z.object({
    fileBytes: count,
    columns: count,
    cellBytes: count,
    chunkBytes: count,
    leadsPerCall: count,
  }),
  defaultCountry: z.string(),
  require: z.enum(REQUIRE_POLICIES),
  /** Nothing is written but these settings. */
  readOnly: z.boolean(),
  /** What admins leave to members. */
  membersMay: z.object({ overwrite: z.boolean(), undo: z.boolean() }),
  googleClientId: z.nullable(z.string()),
  /** `hasSecret`: this server exchanges codes. The addresses are Google's own unless given, which is for tests on this machine. */
  google: z.exactOptional(z.object({ hasSecret: z.boolean(), authUrl: z.nullable(z.string()), apiUrl: z.nullable(z.string()) })),
});
export type WorkspaceAnswer = z.infer<typeof workspaceAnswer>;

/** PATCH /api/workspace */
export const workspacePatch = z.object({
  name: z.exactOptional(name),
  defaultCountry: z.exactOptional(country),
  require: z.exactOptional(z.enum(REQUIRE_POLICIES)),
  readOnly: z.exactOptional(z.boolean()),
  membersMay: z.exactOptional(z.object({ overwrite: z.exactOptional(z.boolean()), undo: z.exactOptional(z.boolean()) })),
});

const keyFacts = {
  id: z.string(),
  name: z.string(),
  /** Never above the role of its member. */
  role,
  lastFour: z.string(),
  /** The browser extension it was paired from. */
  origin: z.nullable(z.string()),
  /** Whose it is. */
  member: z.object({ id: z.string(), email: z.string(), name: z.string() }),
  createdAt: moment,
  expiresAt: z.nullable(moment),
  lastUsedAt: z.nullable(moment),
};
export const keysAnswer = z.object({ keys: listOf(z.object(keyFacts)) });
/** POST /api/keys. `expiresAt` null or absent = never. */
export const keyBody = z.object({
  name,
  role: z._default(role, 'member'),
  expiresAt: z.exactOptional(z.nullable(z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'a moment in ISO 8601')))),
});
/** `key` is shown once; a repetition under the same Idempotency-Key has null there. */
export const keyAnswer = z.object({ ...keyFacts, key: z.nullable(z.string()) });

/** POST /pair. The code of an invitation may come with the address before it. */
export const pairBody = z.object({ code: z.string().check(z.minLength(1), z.maxLength(300)), name: z._default(name, 'Browser') });
export const pairAnswer = z.object({ key: z.string(), workspace: workspaceAnswer });
export type PairAnswer = z.infer<typeof pairAnswer>;

/** Nothing but that it runs: everybody can ask. */
export const healthAnswer = z.object({ status: z.literal('ok') });
/** An OpenAPI document; its shape is OpenAPI's. */
export const openapiAnswer = z.unknown();
