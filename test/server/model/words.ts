/** What stories are made of: few values, so that people collide all the time. Everybody is invented. */
export const FIELDS = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'altEmail1',
  'altPhone1',
  'companyName',
  'linkedinUrl',
  'tags',
  'custom:City',
] as const;
export type Field = (typeof FIELDS)[number];
/** A person's values; blank ones are left out. */
export type Values = { readonly [F in Field]?: string };

export const NAMES = [
  ['Ann', 'Lee'],
  ['Bob', 'Ray'],
  ['ANN', 'LEE'],
] as const;
export const EMAILS = ['ann@acme.example', 'bob@eu.acme.example', 'cy@globex.example'] as const;
export const PHONES = ['+12025550123', '+12025550124'] as const;
export const PROFILES = ['https://www.linkedin.com/in/ann-lee', 'https://www.linkedin.com/in/bob-ray'] as const;
export const COMPANIES = ['Acme', 'Globex'] as const;
export const CITIES = ['Bonn', 'Rome'] as const;
export const TAGS = ['hot', 'old'] as const;
/** The default list is the first. */
export const LISTS = ['All leads', 'Fair', 'Expo'] as const;
export const ENTRIES = [
  { kind: 'email', value: EMAILS[0] },
  { kind: 'email', value: EMAILS[2] },
  { kind: 'domain', value: 'acme.example' },
  { kind: 'domain', value: 'globex.example' },
  { kind: 'phone', value: PHONES[0] },
] as const;
export type Entry = (typeof ENTRIES)[number];

export type Policy = {
  readonly onDuplicate: 'skip' | 'fill' | 'overwrite' | 'create';
  readonly scope: 'list' | 'workspace';
  readonly require: 'complete' | 'reachable';
  readonly overwriteFields: readonly Field[];
};
export type Answer = 'create' | 'same' | 'skip';
/**
 * How rows come: planned as the extension does, one file, rows that nobody decided, or POST /api/leads. Numbers name a
 * list, a lead or an import in the order they came, counted round, so that a story stays one when parts of it go.
 */
export type Command =
  | {
      readonly kind: 'import';
      readonly how: 'plan' | 'file' | 'rows' | 'api';
      readonly list: number;
      readonly people: readonly Values[];
      readonly policy: Policy;
      /** Of a plan: what is said to every row in review before it is sent. */
      readonly answer?: Answer;
    }
  | { readonly kind: 'again' | 'undo'; readonly at: number }
  | { readonly kind: 'decide'; readonly at: number; readonly as: Answer; readonly row: number | 'all'; readonly lead?: number }
  | { readonly kind: 'edit'; readonly at: number; readonly patch: { readonly [F in Field]?: string } }
  | { readonly kind: 'place' | 'unplace'; readonly at: number; readonly list: number }
  | { readonly kind: 'tag' | 'untag'; readonly at: number; readonly tag: string }
  | { readonly kind: 'delete'; readonly at: number }
  | { readonly kind: 'addList' | 'dropList'; readonly list: number }
  | { readonly kind: 'renameList'; readonly list: number; readonly to: number }
  | { readonly kind: 'suppress' | 'unsuppress'; readonly entry: number }
  | { readonly kind: 'restart' };
export type Story = readonly Command[];

/** A story as somebody would tell it, one line per command. */
export function tellStory(story: Story): string {
  return story.map((command, index) => `${index + 1}. ${tellCommand(command)}`).join('\n');
}

function tellCommand(command: Command): string {
  if (command.kind !== 'import') {
    const { kind, ...rest } = command;
    return `${kind} ${JSON.stringify(rest)}`;
  }
  const { how, list, people, policy, answer } = command;
  const rows = people.map((person, index) => `     line ${index + 2}: ${JSON.stringify(person)}`);
  const { onDuplicate, scope, require, overwriteFields } = policy;
  const fields = onDuplicate === 'overwrite' ? ` ${overwriteFields.join('+')}` : '';
  const said = answer ? `, in review: ${answer}` : '';
  return [`import (${how}) to "${LISTS[list]}", ${onDuplicate}${fields}, scope ${scope}, ${require}${said}`, ...rows].join('\n');
}
