import type { MatchAnswer, MatchBody } from '#shared/api/match.ts';
import { readEmailCell } from '#shared/lead/email.ts';
import type { LeadKey } from '#shared/lead/lead.ts';
import { linkedinKey } from '#shared/lead/linkedin.ts';
import { readPhone } from '#shared/lead/phone.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from './backend.ts';

type Asked = { readonly sent: string; readonly key: LeadKey };

/**
 * Who exists already, by any key, with current values; and which keys are suppressed. Keys come back as they were
 * sent, those nobody has are left out. A list that does not exist is `LIST_NOT_FOUND`; no list is the default one, null one
 * that is still to be made.
 */
export async function matchLeads(backend: Backend, actor: Actor, body: MatchBody): Promise<Result<MatchAnswer, Refusal>> {
  const { defaultCountry } = await backend.store.readWorkspace(actor.workspace);
  const asked = [
    ...readKeys(body.emails, (sent) => toKey('email', readEmailCell(sent).good[0]?.email)),
    ...readKeys(body.phones, (sent) => toKey('phone', readE164(sent, defaultCountry))),
    ...readKeys(body.linkedinUrls, (sent) => toKey('linkedin', linkedinKey(sent))),
  ];
  const keys = asked.map(({ key }) => key);
  const found = await backend.store.matchKeys(actor.workspace, keys, body.listId);
  if (found === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
  const leadsByKey = new Map(found.map((match) => [nameOf(match.key), match.leads]));
  const held = await backend.store.matchSuppressed(actor.workspace, keys);
  const suppressedByKey = new Map(held.map((match) => [nameOf(match.key), match.by]));
  return ok({
    matches: asked.flatMap(({ sent, key }) => {
      const leads = leadsByKey.get(nameOf(key));
      return leads ? [{ key: sent, leads }] : [];
    }),
    suppressed: asked.flatMap(({ sent, key }) => {
      const by = suppressedByKey.get(nameOf(key));
      return by ? [{ key: sent, ...by }] : [];
    }),
  });
}

function readKeys(sent: readonly string[] | undefined, read: (text: string) => LeadKey | null): Asked[] {
  return (sent ?? []).flatMap((text) => {
    const key = read(text);
    return key ? [{ sent: text, key }] : [];
  });
}

function toKey(kind: LeadKey['kind'], value: string | null | undefined): LeadKey | null {
  return value ? { kind, value } : null;
}

function readE164(text: string, defaultCountry: string): string | null {
  const reading = readPhone(text, { defaultCountry });
  return reading.kind === 'ok' ? reading.e164 : null;
}

function nameOf(key: LeadKey): string {
  return `${key.kind} ${key.value}`;
}
