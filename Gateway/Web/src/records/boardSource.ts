import type { ReactNode } from "react";
import type { Rec, RecordKind } from "../core/recordKind";
import type { RecordList } from "../core/recordList";
import type { MenuItem } from "../parts/Menu";

/** A column of a board: what its cards have in common, and the cards. */
export interface BoardColumn {
  key: string;
  list: RecordList;
}

/** Where a board gets its columns from, and what moving a card means there. */
export interface BoardSource {
  kind: RecordKind;
  columns: readonly BoardColumn[];
  /** How many cards a column shows at first, and how many more each time. */
  step: number;
  columnName: (key: string) => string;
  /** Renders a column's name. */
  heading: (key: string) => ReactNode;
  /** Rendered under the name, such as sums. */
  summary?: (key: string) => ReactNode;
  /** Shown above the columns when none of them has a card. */
  none?: ReactNode;
  /** Whether people cannot move cards. */
  isFixed: boolean;
  /** What a card shows: its name and facts. */
  card: (record: Rec) => { name: ReactNode; facts: ReactNode };
  /** A card's menu in place of "Move to…", if it cannot be moved; null if it can. */
  menu?: (record: Rec) => { label: string; entries: readonly MenuItem[] } | null;
  /**
   * Moves a card to a column, to the place before another card or at the end; if it rejects, the card goes
   * back and shows the reason.
   *
   * @param record - as it was when the card was picked up
   * @param from - the key of the column that it was picked up from
   * @returns whether it was moved; false if it belongs where it was
   */
  move: (record: Rec, to: BoardColumn, before: string | null, from: string) => Promise<boolean>;
}
