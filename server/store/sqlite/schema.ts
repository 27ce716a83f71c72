import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { workspace } from './schema-people.ts';

/**
 * The tables. Three rules: integer ids inside and random ids outside; every table carries the workspace, every index
 * starts with it, and every reference holds it, so that no row can point into another workspace; blank is null.
 */

const id = () => integer('id').primaryKey();
const inWorkspace = () =>
  integer('workspace')
    .notNull()
    .references(() => workspace.id);
const publicId = () => text('public_id').notNull();

export const list = sqliteTable(
  'list',
  {
    id: id(),
    workspace: inWorkspace(),
    publicId: publicId(),
    name: text('name').notNull(),
    /** The name without case: what makes two names the same. */
    folded: text('folded').notNull(),
    isDefault: integer('is_default', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('list_in_workspace').on(t.workspace, t.id),
    uniqueIndex('list_public').on(t.workspace, t.publicId),
    uniqueIndex('list_name').on(t.workspace, t.folded),
  ],
);

export const lead = sqliteTable(
  'lead',
  {
    id: id(),
    workspace: inWorkspace(),
    publicId: publicId(),
    version: integer('version').notNull(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    email: text('email'),
    phone: text('phone'),
    altPhone1: text('alt_phone_1'),
    altPhone2: text('alt_phone_2'),
    altPhone3: text('alt_phone_3'),
    altEmail1: text('alt_email_1'),
    altEmail2: text('alt_email_2'),
    altEmail3: text('alt_email_3'),
    companyName: text('company_name'),
    jobTitle: text('job_title'),
    linkedinUrl: text('linkedin_url'),
    notes: text('notes'),
    ownerEmail: text('owner_email'),
    /** JSON: [[id of the custom field, value], …] in the lead's order. */
    custom: text('custom'),
    doNotContact: integer('do_not_contact', { mode: 'boolean' }).notNull(),
    source: text('source').notNull(),
    /** The import that created it. */
    importId: integer('import_id').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('lead_in_workspace').on(t.workspace, t.id),
    uniqueIndex('lead_public').on(t.workspace, t.publicId),
    // The orders of a list of leads; `LEAD_ORDERS` has the same texts.
    index('lead_by_name').on(t.workspace, sql`lower(coalesce("last_name", '') || ' ' || coalesce("first_name", ''))`, t.id),
    index('lead_by_company').on(t.workspace, sql`lower(coalesce("company_name", ''))`, t.id),
    index('lead_by_update').on(t.workspace, t.updatedAt, t.id),
    index('lead_by_owner').on(t.workspace, t.ownerEmail, t.id),
    index('lead_do_not_contact').on(t.workspace, t.id).where(sql`${t.doNotContact} = 1`),
    // Alternate numbers are no keys, but who opted out is found by them.
    index('lead_alt_phone_1').on(t.workspace, t.altPhone1).where(sql`${t.altPhone1} IS NOT NULL`),
    index('lead_alt_phone_2').on(t.workspace, t.altPhone2).where(sql`${t.altPhone2} IS NOT NULL`),
    index('lead_alt_phone_3').on(t.workspace, t.altPhone3).where(sql`${t.altPhone3} IS NOT NULL`),
  ],
);

const ofLead = (name: string, t: { readonly workspace: Column; readonly lead: Column }) =>
  foreignKey({ name, columns: [t.workspace, t.lead], foreignColumns: [lead.workspace, lead.id] });
type Column = Parameters<typeof foreignKey>[0]['columns'][0];

/** What a lead is recognised by. Looked up, not unique: people share switchboards, and "create anyway" exists. */
export const leadKey = sqliteTable(
  'lead_key',
  {
    id: id(),
    workspace: integer('workspace').notNull(),
    /** 1 email · 2 phone · 3 LinkedIn */
    kind: integer('kind').notNull(),
    value: text('value').notNull(),
    lead: integer('lead').notNull(),
  },
  (t) => [
    index('lead_key_value').on(t.workspace, t.kind, t.value, t.lead),
    index('lead_key_lead').on(t.workspace, t.lead),
    /** The domain of an address: who is held by a domain is found by it. */
    index('lead_key_domain').on(t.workspace, sql`substr("value", instr("value", '@') + 1)`, t.lead).where(sql`${t.kind} = 1`),
    ofLead('lead_key_of_lead', t).onDelete('cascade'),
  ],
);

export const listMember = sqliteTable(
  'list_member',
  {
    id: id(),
    workspace: integer('workspace').notNull(),
    list: integer('list').notNull(),
    lead: integer('lead').notNull(),
    /** The import that put it there; null = by hand. */
    importId: integer('import_id'),
    at: integer('at').notNull(),
  },
  (t) => [
    uniqueIndex('list_member_once').on(t.workspace, t.list, t.lead),
    index('list_member_lead').on(t.workspace, t.lead),
    ofLead('list_member_of_lead', t).onDelete('cascade'),
    foreignKey({ name: 'list_member_of_list', columns: [t.workspace, t.list], foreignColumns: [list.workspace, list.id] }).onDelete(
      'cascade',
    ),
  ],
);

export const customField = sqliteTable(
  'custom_field',
  {
    id: id(),
    workspace: inWorkspace(),
    publicId: publicId(),
    label: text('label').notNull(),
    ordinal: integer('ordinal').notNull(),
    type: text('type', { enum: ['text', 'number', 'date', 'yesNo', 'choice'] }).notNull(),
    /** JSON list of texts. */
    choices: text('choices').notNull(),
  },
  (t) => [uniqueIndex('custom_field_label').on(t.workspace, t.label), uniqueIndex('custom_field_ordinal').on(t.workspace, t.ordinal)],
);

export const tag = sqliteTable(
  'tag',
  { id: id(), workspace: inWorkspace(), name: text('name').notNull(), folded: text('folded').notNull() },
  (t) => [uniqueIndex('tag_in_workspace').on(t.workspace, t.id), uniqueIndex('tag_name').on(t.workspace, t.folded)],
);

export const leadTag = sqliteTable(
  'lead_tag',
  { id: id(), workspace: integer('workspace').notNull(), lead: integer('lead').notNull(), tag: integer('tag').notNull() },
  (t) => [
    uniqueIndex('lead_tag_once').on(t.workspace, t.tag, t.lead),
    index('lead_tag_lead').on(t.workspace, t.lead),
    ofLead('lead_tag_of_lead', t).onDelete('cascade'),
    foreignKey({ name: 'lead_tag_of_tag', columns: [t.workspace, t.tag], foreignColumns: [tag.workspace, tag.id] }).onDelete('cascade'),
  ],
);

/** The one change log: undo, "edited since", timeline and audit are read from it. A created lead needs no entry. */
export const leadChange = sqliteTable(
  'lead_change',
  {
    id: id(),
    workspace: integer('workspace').notNull(),
    lead: integer('lead').notNull(),
    /** A field id · `custom:<id of the custom field>` · `tags` · `doNotContact` · `undo`, which is no field: the import was undone */
    field: text('field').notNull(),
    old: text('old'),
    new: text('new'),
    at: integer('at').notNull(),
    /** The member; null = the server itself. */
    actor: integer('actor'),
    importId: integer('import_id'),
    /** When it was taken back: from then on it is no change. */
    undoneAt: integer('undone_at'),
    /** Of a mark "do not contact": where the refusal came from, as on the suppression list. */
    source: text('source'),
  },
  (t) => [
    index('lead_change_lead').on(t.workspace, t.lead),
    index('lead_change_import').on(t.workspace, t.importId).where(sql`${t.importId} IS NOT NULL`),
    ofLead('lead_change_of_lead', t).onDelete('cascade'),
  ],
);

/** What is never imported as contactable. */
export const suppression = sqliteTable(
  'suppression',
  {
    id: id(),
    workspace: inWorkspace(),
    publicId: publicId(),
    kind: text('kind', { enum: ['email', 'domain', 'phone'] }).notNull(),
    value: text('value').notNull(),
    reason: text('reason'),
    source: text('source').notNull(),
    actor: integer('actor'),
    since: integer('since').notNull(),
  },
  (t) => [uniqueIndex('suppression_value').on(t.workspace, t.kind, t.value), uniqueIndex('suppression_public').on(t.workspace, t.publicId)],
);
