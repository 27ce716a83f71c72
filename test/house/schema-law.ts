import type Database from 'better-sqlite3';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';

/** The tables among everything a schema file exports. */
export function tablesOf(exported: Readonly<Record<string, unknown>>): readonly SQLiteTable[] {
  return Object.values(exported).filter((value) => is(value, SQLiteTable));
}

/** Says where a database differs from the schema: tables, columns, indexes and references, in both directions. */
export function compareWithSchema(client: Database.Database, tables: readonly SQLiteTable[]): readonly string[] {
  const wanted = tables.flatMap(describeWanted);
  const found = describeFound(client);
  return [
    ...wanted.filter((fact) => !found.includes(fact)).map((fact) => `the database lacks: ${fact}`),
    ...found.filter((fact) => !wanted.includes(fact)).map((fact) => `the schema lacks: ${fact}`),
  ];
}

/** What the schema says about one table, a sentence for each fact. */
function describeWanted(table: SQLiteTable): readonly string[] {
  const { name, columns, indexes, foreignKeys, primaryKeys } = getTableConfig(table);
  const keyColumns = primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
  return [
    `table ${name}`,
    ...columns.map((column) => {
      const isKey = column.primary || keyColumns.includes(column.name);
      return columnFact(name, column.name, column.getSQLType(), column.notNull, isKey);
    }),
    ...columns.filter((column) => column.isUnique).map((column) => indexFact(name, column.uniqueName ?? '', 'unique ', [column.name])),
    ...indexes.map(({ config }) =>
      indexFact(
        name,
        config.name,
        kindOfIndex(config.unique, config.where !== undefined),
        config.columns.map((column) => ('name' in column && typeof column.name === 'string' ? column.name : 'expression')),
      ),
    ),
    ...foreignKeys.map((key) => {
      const { columns: own, foreignColumns, foreignTable } = key.reference();
      const target = getTableConfig(foreignTable).name;
      return referenceFact(
        name,
        own.map((column) => column.name),
        target,
        foreignColumns.map((column) => column.name),
        key.onDelete ?? 'no action',
      );
    }),
  ];
}

/** The same facts as SQLite tells them. */
function describeFound(client: Database.Database): readonly string[] {
  const all = <Row>(sql: string, ...values: readonly string[]) => client.prepare(sql).all(...values) as Row[]; // as: the pragmas' columns are SQLite's, written out at each call
  const tables = all<{ name: string }>(
    String.raw`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> '__drizzle_migrations'`,
  );
  return tables.flatMap(({ name }) => {
    const columns = all<{ name: string; type: string; notnull: number; pk: number }>('SELECT * FROM pragma_table_info(?)', name);
    const indexes = all<{ name: string; unique: number; partial: number; origin: string }>('SELECT * FROM pragma_index_list(?)', name);
    const references = all<{ id: number; table: string; from: string; to: string; on_delete: string }>(
      'SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq',
      name,
    );
    return [
      `table ${name}`,
      ...columns.map((column) => columnFact(name, column.name, column.type, column.notnull === 1, column.pk > 0)),
      ...indexes
        .filter(({ origin }) => origin !== 'pk')
        .map((index) => {
          const parts = all<{ name: string | null }>('SELECT name FROM pragma_index_info(?)', index.name);
          return indexFact(
            name,
            index.name,
            kindOfIndex(index.unique === 1, index.partial === 1),
            parts.map((part) => part.name ?? 'expression'),
          );
        }),
      ...[...new Set(references.map(({ id }) => id))].map((id) => {
        const parts = references.filter((part) => part.id === id);
        return referenceFact(
          name,
          parts.map((part) => part.from),
          parts[0]?.table ?? '',
          parts.map((part) => part.to),
          parts[0]?.on_delete ?? '',
        );
      }),
    ];
  });
}

function columnFact(table: string, name: string, type: string, isNotNull: boolean, isKey: boolean): string {
  // A key of one integer column is never null, whether that is written or not.
  return `column ${table}.${name} ${type.toLowerCase()}${isKey ? ' key' : isNotNull ? ' not null' : ''}`;
}

function kindOfIndex(isUnique: boolean, isPartial: boolean): string {
  return `${isUnique ? 'unique ' : ''}${isPartial ? 'partial ' : ''}`;
}

function indexFact(table: string, name: string, kind: string, columns: readonly string[]): string {
  return `${kind}index ${name} on ${table}(${columns.join(', ')})`;
}

function referenceFact(
  table: string,
  columns: readonly string[],
  target: string,
  targetColumns: readonly string[],
  onDelete: string,
): string {
  return `${table}(${columns.join(', ')}) refers to ${target}(${targetColumns.join(', ')}), on delete ${onDelete.toLowerCase()}`;
}
