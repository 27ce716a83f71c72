import type { FieldId } from '../lead/fields.ts';
import type { CustomFieldType } from '../lead/lead.ts';
import type { Reason } from '../problems.ts';
import type { DateOrder, KnownDateOrder } from './date-order.ts';

/** Where a column goes. `fullName` is split into first and last name and never stored. */
export type MappingTarget = FieldId | 'fullName' | 'custom' | 'ignore';

/** One column's place, by position. For `custom`: its label (the header unless renamed) and type. */
export type ColumnMapping = {
  readonly column: number;
  readonly field: MappingTarget;
  readonly label?: string;
  readonly type?: CustomFieldType;
  /** Of a date in figures: how the column writes it. Without it such dates stay as they are written. */
  readonly dateOrder?: KnownDateOrder;
};
/** The same value for every row, from no column. */
export type ConstantMapping = { readonly field: MappingTarget; readonly value: string; readonly label?: string };
export type Mapping = readonly (ColumnMapping | ConstantMapping)[];

/** Says whether an entry takes its value from a column. */
export function isColumnMapping(entry: ColumnMapping | ConstantMapping): entry is ColumnMapping {
  return 'column' in entry;
}

/** What the matcher thinks of one column. `open`: unsure, kept as a custom field unless the user chooses. */
export type Suggestion = {
  readonly index: number;
  /** The header as read. */
  readonly header: string;
  /** Unique on screen and as a custom field's label: "Country #2", "Column 7". */
  readonly label: string;
  readonly field: MappingTarget;
  readonly open: boolean;
  readonly candidates: readonly { readonly field: MappingTarget; readonly confidence: number }[];
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: Reason;
  /** Up to three different values as read. */
  readonly samples: readonly string[];
  readonly type: CustomFieldType;
  /** Of a column of dates in figures: the order its values prove. `ambiguous`: somebody has to say. */
  readonly dateOrder?: DateOrder;
  /** Shares of 0 to 1 over the rows looked at. */
  readonly filled: number;
};
