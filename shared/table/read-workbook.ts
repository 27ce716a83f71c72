import { type NumberFormat, readNumberFormat } from './number-format.ts';
import type { SheetName } from './table.ts';
import { readAttribute, type XmlVisitor } from './xml-reader.ts';

/** Lets a visitor read a part; false when there is no such part. */
export type ReadPart = (path: string, visitor: XmlVisitor) => boolean;

/** What a workbook says about its sheets and cells. */
export type Workbook = {
  /** The sheets of cells, in their order. */
  readonly sheets: readonly (SheetName & { readonly path: string })[];
  readonly is1904: boolean;
  /** Formats by the style number of a cell. */
  readonly formats: readonly NumberFormat[];
  readonly sharedStrings: readonly string[];
};

/** Reads all of a workbook (ECMA-376, part 1, 18) but its sheets. Null when it has no main part. */
export function readWorkbook(readPart: ReadPart): Workbook | null {
  const main = [...readRelations(readPart, '').values()].find(({ type }) => type === 'officeDocument')?.path ?? 'xl/workbook.xml';
  const listed: (SheetName & { readonly id: string })[] = [];
  let is1904 = false;
  const isThere = readPart(main, {
    onOpen(name, tag) {
      // Extensions have an element of the same name, without the attribute.
      if (name === 'workbookPr') is1904 ||= /^(?:1|true|on)$/.test(readAttribute(tag, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const state = readAttribute(tag, 'state') ?? 'visible';
      // Only programs can show such a sheet again: it is theirs, not people's.
      if (state === 'veryHidden') return;
      listed.push({ name: readAttribute(tag, 'name') ?? '', id: readAttribute(tag, 'id') ?? '', hidden: state !== 'visible' });
    },
    onClose() {},
  });
  if (!isThere) return null;
  const relations = readRelations(readPart, main);
  const sheets = listed.flatMap(({ name, id, hidden }) => {
    const relation = relations.get(id);
    return relation?.type === 'worksheet' ? [{ name, hidden, path: relation.path }] : [];
  });
  const pathOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.path;
  return {
    sheets,
    is1904,
    formats: readFormats(readPart, pathOf('styles') ?? 'xl/styles.xml'),
    sharedStrings: readSharedStrings(readPart, pathOf('sharedStrings') ?? 'xl/sharedstrings.xml'),
  };
}

type Relation = { readonly type: string; readonly path: string };

/** What a part points to, by id. The relations of "xl/workbook.xml" stand in "xl/_rels/workbook.xml.rels". */
function readRelations(readPart: ReadPart, part: string): ReadonlyMap<string, Relation> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const relations = new Map<string, Relation>();
  readPart(`${folder}_rels/${part.slice(folder.length)}.rels`, {
    onOpen(name, tag) {
      if (name !== 'Relationship') return;
      const type = (readAttribute(tag, 'Type') ?? '').split('/').at(-1) ?? '';
      relations.set(readAttribute(tag, 'Id') ?? '', { type, path: resolvePath(folder, readAttribute(tag, 'Target') ?? '') });
    },
    onClose() {},
  });
  return relations;
}

function resolvePath(folder: string, target: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/').slice(0, -1);
  for (const step of target.split(/[\\/]/)) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function readFormats(readPart: ReadPart, path: string): readonly NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let isInCells = false;
  readPart(path, {
    onOpen(name, tag) {
      if (name === 'numFmt') codes.set(Number(readAttribute(tag, 'numFmtId')), readAttribute(tag, 'formatCode') ?? '');
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) {
        const id = Number(readAttribute(tag, 'numFmtId') ?? 0);
        formats.push(readNumberFormat(id, codes.get(id)));
      }
    },
    onClose(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return formats;
}

function readSharedStrings(readPart: ReadPart, path: string): readonly string[] {
  const strings: string[] = [];
  const text = createTextCollector();
  readPart(path, {
    onOpen(name) {
      if (name === 'si') text.start();
      text.onOpen(name);
    },
    onClose(name) {
      text.onClose(name);
      if (name === 'si') strings.push(text.finish());
    },
    onText: text.onText,
  });
  return strings;
}

/** Collects the text of a string item, runs joined; the readings beside Japanese words (rPh) are none of it. */
export function createTextCollector() {
  let text = '';
  let isInText = false;
  let isInReading = false;
  return {
    start: () => {
      text = '';
    },
    onOpen: (name: string) => {
      if (name === 't') isInText = !isInReading;
      else if (name === 'rPh') isInReading = true;
    },
    onClose: (name: string) => {
      if (name === 't') isInText = false;
      else if (name === 'rPh') isInReading = false;
    },
    onText: (piece: string) => {
      if (isInText) text += piece;
    },
    finish: () => decodeEscapes(text),
  };
}

/** Characters that XML cannot hold are written _x000D_ (ECMA-376, part 1, 22.9.2.19). No cell may hold a NUL. */
function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => (hex === '0000' ? '' : String.fromCharCode(Number.parseInt(hex, 16))));
}
