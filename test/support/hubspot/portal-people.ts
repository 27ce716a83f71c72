import { archiveObject, associate, dissociate, mergeContacts, purgeObject, restoreObject } from './fate-of-objects.ts';
import { findObject, type Portal, type PortalObject, USER } from './portal.ts';
import type { PropertyDef } from './property-defs.ts';
import { createObject, updateObject } from './write-object.ts';

type Values = Readonly<Record<string, string>>;

/** What people do in HubSpot's own pages, and what a test needs to see. Values are by property name. */
export function makePeople(portal: Portal) {
  const mustFind = (type: string, id: string): PortalObject => {
    const object = findObject(portal, type, id);
    if (!object) throw new Error(`no ${type} ${id}`);
    return object;
  };
  const create = (type: string, values: Values): string => createObject(portal, type, toMap(values), USER, true).id;
  const edit = (type: string, id: string, values: Values) => updateObject(portal, mustFind(type, id), toMap(values), USER, true);
  return {
    createContact: (values: Values): string => create('contacts', values),
    editContact: (id: string, values: Values) => edit('contacts', id, values),
    archiveContact: (id: string) => archiveObject(portal, 'contacts', id),
    restoreContact: (id: string) => restoreObject(portal, 'contacts', id),
    purgeContact: (id: string) => purgeObject(portal, 'contacts', id),
    /** Gives the survivor's id: a third one, unless the portal keeps the primary's. */
    mergeContacts: (primaryId: string, otherId: string): string => mergeContacts(portal, primaryId, otherId, USER).id,
    /** A deal, call, email, meeting, note or task, tied to contacts. */
    createItem: (type: string, values: Values, contactIds: readonly string[] = []): string => {
      const id = create(type, values);
      for (const contactId of contactIds) associate(portal, `${type}:${id}`, `contacts:${contactId}`);
      return id;
    },
    editItem: edit,
    tieItem: (type: string, id: string, contactId: string) => associate(portal, `${type}:${id}`, `contacts:${contactId}`),
    untieItem: (type: string, id: string, contactId: string) => dissociate(portal, `${type}:${id}`, `contacts:${contactId}`),
    renameStage: (pipelineId: string, stageId: string, label: string) => {
      const pipeline = portal.pipelines.find(({ id }) => id === pipelineId);
      if (!pipeline) throw new Error(`no pipeline ${pipelineId}`);
      const stages = pipeline.stages.map((stage) => (stage.id === stageId ? { ...stage, label } : stage));
      portal.pipelines.splice(portal.pipelines.indexOf(pipeline), 1, { ...pipeline, stages });
    },
    archiveItem: (type: string, id: string) => archiveObject(portal, type, id),
    createList: (name: string, contactIds: readonly string[] = []): string => {
      const id = String(portal.lists.size + 1);
      const at = portal.now();
      const members = new Map(contactIds.map((one) => [one, at] as const));
      portal.lists.set(id, { id, name, objectTypeId: '0-1', processingType: 'MANUAL', createdAt: at, updatedAt: at, members });
      return id;
    },
    addToList: (listId: string, contactId: string) => portal.lists.get(listId)?.members.set(contactId, portal.now()),
    removeFromList: (listId: string, contactId: string) => portal.lists.get(listId)?.members.delete(contactId),
    defineProperty: (type: string, def: PropertyDef) => portal.properties.get(type)?.set(def.name, { isCustom: true, ...def }),
    dropProperty: (type: string, name: string) => portal.properties.get(type)?.delete(name),
    /** Values of a live contact, blanks left out; null = archived, merged away, purged or never there. */
    contact: (id: string): ReadonlyMap<string, string> | null => {
      const object = portal.objects.get('contacts')?.get(id);
      return object?.archivedAt === null ? object.properties : null;
    },
    /** Ids of all live contacts. */
    contactIds: (): readonly string[] =>
      [...(portal.objects.get('contacts')?.values() ?? [])].flatMap(({ id, archivedAt }) => (archivedAt === null ? [id] : [])),
  };
}

const toMap = (values: Values): ReadonlyMap<string, string> => new Map(Object.entries(values));
