import type { ReactNode } from "react";
import type { Rec, RecordKind } from "../core/recordKind";
import type { RecordList } from "../core/recordList";
import type { MenuItem } from "../parts/Menu";

/** A column of a board: what its cards have in common, and the cards. */
export interface BoardColumn {
  key: string;
  list: RecordList;
}

/** Where a board has its columns from, and what moving a card means there. */
export interface BoardSource {
  kind: RecordKind;
  columns: readonly BoardColumn[];
  /** How many cards a column shows before one asks for more. */
  step: number;
  columnName: (key: string) => string;
  /** How a column's name is shown. */
  heading: (key: string) => ReactNode;
  /** What stands under the name, such as sums. */
  summary?: (key: string) => ReactNode;
  /** What is said above the columns where none of them has a card. */
  none?: ReactNode;
  /** Whether people cannot move cards. */
  isFixed: boolean;
  /** What a card shows: its name, and what counts besides. */
  card: (record: Rec) => { name: ReactNode; facts: ReactNode };
  /** What a card offers in the place of "Move to…", where it cannot be moved; null for one that can. */
  menu?: (record: Rec) => { label: string; entries: readonly MenuItem[] } | null;
  /**
   * Moves a card to a column, to the place before another card or at the end; where it rejects, the card goes
   * back and the reason stands at it.
   *
   * @param record - as it was when somebody picked it up
   * @param from - the key of the column that it was picked up from
   * @returns whether it went there; false where it belongs where it was
   */
  move: (record: Rec, to: BoardColumn, before: string | null, from: string) => Promise<boolean>;
}
