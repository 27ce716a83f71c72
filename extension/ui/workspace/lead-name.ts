import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import { displayName } from '../display-name.ts';

/** What one calls a lead: its name, else how one reaches it. */
export function nameOf(lead: LeadAnswer): string {
  return displayName(lead.firstName, lead.lastName) || lead.email || lead.phone || 'No name';
}

/** Up to two letters for the round mark beside a name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
