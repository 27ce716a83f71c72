import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { AuthorAnswer, TemplatesAnswer } from '#shared/api/settings.ts';
import { hasSameHeaders, headerSignature } from '#shared/mapping/header-signature.ts';
import { fail, type Result } from '#shared/result.ts';
import type { ServerApi } from '../platform/server-api.ts';
import { recallMapping } from '../storage/mappings.ts';
import { type DraftState, isTableDraft } from './draft.ts';
import type { DraftStore } from './draft-store.ts';
import type { FlowEffects } from './flow-effects.ts';
import type { TemplateActions } from './import-flow.ts';
import { fitTemplate, fitToTable, newestOf } from './map-memory.ts';
import { textOfRead } from './plan-basis.ts';
import type { Found, TableView, Who } from './table-view.ts';
import type { ServerView, TemplatesView } from './view.ts';

export type MapMemory = {
  view(): TemplatesView;
  /** Asks the workspace what it knows of files like this one, once per table. */
  look(): Promise<void>;
  /** The server is another or back: ask it again. */
  forget(): void;
  readonly actions: TemplateActions;
};

type Template = TemplatesAnswer['templates'][number];

/** What this browser keeps for files with these headers, or null. */
export async function recallOwn({ database }: Pick<FlowEffects, 'database'>, table: Columns): Promise<Found | null> {
  const record = await recallMapping(database, table.headers);
  return record && { source: { kind: 'import', by: 'you', at: record.usedAt }, mapping: fitToTable(record.mapping, table) };
}
type Columns = Pick<TableView, 'headers' | 'suggestions'>;

/**
 * Offers what the workspace and this browser remember of files with the headers on the screen, the newest first of all,
 * and keeps the workspace's templates at hand. Without a server the browser's own memory is all there is.
 */
export function createMapMemory(effects: FlowEffects, store: DraftStore, server: () => ServerView, onChange: () => void): MapMemory {
  let view: TemplatesView = { kind: 'asking' };
  let templates: readonly Template[] = [];
  let asked: string | null = null;
  let number = 0;

  function show(next: TemplatesView): void {
    view = next;
    onChange();
  }

  async function look(): Promise<void> {
    const state = store.state();
    const table = tableOf(state);
    if (!table || state.step === 'source' || server().kind !== 'ready') return;
    const { chosenAt } = state.file;
    const key = JSON.stringify([state.id, chosenAt, textOfRead(state.read)]);
    if (key === asked) return;
    asked = key;
    const mine = ++number;
    const answer = await (await effects.server()).api.templates(headerSignature(table.headers));
    if (mine !== number) return;
    if (!answer.ok) return show({ kind: 'failed', failure: answer.error });
    const own = await recallOwn(effects, table);
    const found = newestOf([...(own ? [own] : []), ...sharedOf(answer.value, table)]);
    if (found) await store.dispatch({ kind: 'recalled', chosenAt, read: state.read, found });
    templates = answer.value.templates;
    show({
      kind: 'ready',
      templates: templates.map(({ id, name, by, updatedAt }) => ({ id, name, by: toWho(by), at: Date.parse(updatedAt) })),
    });
  }

  /** Does something to the workspace's templates, and looks at them again. */
  async function change(act: (api: ServerApi) => Promise<Result<unknown, ServerFailure>>): Promise<ServerFailure | null> {
    const done = await act((await effects.server()).api);
    asked = null;
    await look();
    return done.ok ? null : done.error;
  }

  function onScreen() {
    const state = store.state();
    return isTableDraft(state) ? { headers: state.table.headers, mapping: state.mapping } : null;
  }

  return {
    view: () => view,
    look,
    forget: () => {
      asked = null;
    },
    actions: {
      save: (name) =>
        change(async (api) => {
          const shown = onScreen();
          return shown ? api.createTemplate({ name, ...shown }) : NOTHING_SHOWN;
        }),
      replace: (id) =>
        change(async (api) => {
          const shown = onScreen();
          return shown ? api.changeTemplate(id, shown) : NOTHING_SHOWN;
        }),
      rename: (id, name) => change((api) => api.changeTemplate(id, { name })),
      remove: (id) => change((api) => api.deleteTemplate(id)),
      use: async (id) => {
        const state = store.state();
        const template = templates.find((one) => one.id === id);
        if (template && isTableDraft(state)) await store.dispatch({ kind: 'templateUsed', found: foundIn(template, state.table) });
      },
    },
  };
}

/** Templates are saved from the map step only. */
const NOTHING_SHOWN = fail({ kind: 'refused', retry: 'never' } as const);

/** What the workspace's answer holds for files with exactly these headers. */
function sharedOf({ templates, remembered }: TemplatesAnswer, table: Columns): readonly Found[] {
  const isSame = ({ headers }: { readonly headers: readonly string[] }) => hasSameHeaders(headers, table.headers);
  const named = headerSignature(table.headers) === null ? [] : templates.filter(isSame).map((template) => foundIn(template, table));
  if (!remembered || !isSame(remembered)) return named;
  const { by, at, mapping } = remembered;
  return [...named, { source: { kind: 'import', by: toWho(by), at: Date.parse(at) }, mapping: fitToTable(mapping, table) }];
}

function foundIn(template: Template, table: Columns): Found {
  const { name, by, updatedAt } = template;
  return { source: { kind: 'template', name, by: toWho(by), at: Date.parse(updatedAt) }, mapping: fitTemplate(template, table) };
}

function toWho(by: AuthorAnswer): Who {
  if (!by) return null;
  return by.isYou ? 'you' : { name: by.name || by.email };
}

/**
 * The table a mapping can be chosen for; null at other times, where nothing is offered: a draft that changes by itself
 * under the plan would let a click on Import fall.
 */
function tableOf(state: DraftState): TableView | null {
  if (state.step === 'map') return state.table;
  return state.step === 'read' && state.reading.kind === 'ready' ? state.reading.table : null;
}
