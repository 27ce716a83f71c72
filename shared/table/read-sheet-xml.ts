import { numberToText } from './number-format.ts';
import { createTextCollector, type Workbook } from './read-workbook.ts';
import { readAttribute, type XmlVisitor } from './xml-reader.ts';

/** A row of a sheet: its number from 1, its cells up to the last one with text. */
export type SheetRow = { readonly number: number; readonly cells: readonly string[]; readonly isHidden: boolean };

/** Makes a visitor that gives out the rows of a sheet (ECMA-376, part 1, 18.3.1) that have text, in the order of the file. */
export function createSheetVisitor(workbook: Workbook, onRow: (row: SheetRow) => void): XmlVisitor {
  const inline = createTextCollector();
  let number = 0;
  let isHidden = false;
  let cells: string[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let value = '';
  let isInValue = false;
  const finishCell = () => {
    const text = type === 'inlineStr' ? inline.finish() : cellText(workbook, type, style, value);
    if (text.trim() === '') return;
    while (cells.length < column) cells.push('');
    cells[column] = text;
  };
  return {
    onOpen(name, tag) {
      if (name === 'row') {
        number = Number(readAttribute(tag, 'r') ?? number + 1);
        isHidden = /^(?:1|true)$/.test(readAttribute(tag, 'hidden') ?? '');
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = columnOf(readAttribute(tag, 'r')) ?? column + 1;
        type = readAttribute(tag, 't') ?? 'n';
        style = Number(readAttribute(tag, 's') ?? 0);
        value = '';
        inline.start();
      } else if (name === 'v') isInValue = true;
      else inline.onOpen(name);
    },
    onClose(name) {
      if (name === 'row') {
        if (cells.length > 0) onRow({ number, cells, isHidden });
      } else if (name === 'c') finishCell();
      else if (name === 'v') isInValue = false;
      else inline.onClose(name);
    },
    onText(text) {
      if (isInValue) value += text;
      else inline.onText(text);
    },
  };
}

function cellText({ sharedStrings, formats, is1904 }: Workbook, type: string, style: number, value: string): string {
  if (type === 's') return sharedStrings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value;
  if (type === 'n') return value === '' ? '' : numberToText(value, formats[style] ?? { kind: 'plain' }, is1904);
  if (type === 'd') return value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '');
  return value; // a formula's text, an error
}

/** "AB12" is column 27, from 0. Null when there is no reference. */
function columnOf(reference: string | null): number | null {
  let column = 0;
  for (const letter of reference ?? '') {
    const code = letter.charCodeAt(0) & 0xdf;
    if (code < 0x41 || code > 0x5a) break;
    column = column * 26 + code - 0x40;
  }
  return column === 0 ? null : column - 1;
}
