import { useEffect, useMemo, useState } from "react";
import {
  allToggled,
  extended,
  isChosen,
  kept,
  nothingChosen,
  type Selection,
  toggled,
} from "../core/selection";
import type { RecordList, RecordListView } from "../core/recordList";

/** The selected records of a list, and how the selection changes. */
export interface Selecting {
  selection: Selection;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  extend: (id: string, order?: readonly string[]) => void;
  extendFrom: (from: string, to: string) => void;
  /** Selects all that are loaded, or none. */
  all: (order: readonly string[]) => void;
  /** Selects all that match the list's filter. */
  allThatMatch: () => void;
  clear: () => void;
  isEverything: (order: readonly string[]) => boolean;
  isSome: (order: readonly string[]) => boolean;
}

export function useSelection(list: RecordList, view: RecordListView): Selecting {
  const [selection, setSelection] = useState<Selection>(nothingChosen);
  useEffect(() => setSelection(nothingChosen), [list]);
  useEffect(() => setSelection((before) => kept(before, list.known)), [list, view.version]);
  return useMemo(() => {
    const chosen = (order: readonly string[]) => order.filter((id) => isChosen(selection, id)).length;
    return {
      selection,
      has: (id) => isChosen(selection, id),
      toggle: (id) => setSelection((before) => toggled(before, id)),
      extend: (id, order) => setSelection((before) => extended(before, id, order ?? list.known)),
      extendFrom: (from, to) =>
        setSelection((before) =>
          extended(before.anchor === "" ? { ...before, anchor: from } : before, to, list.known),
        ),
      all: (order) => setSelection((before) => allToggled(before, order)),
      allThatMatch: () => setSelection((before) => ({ ...before, isAll: true })),
      clear: () => setSelection(nothingChosen),
      isEverything: (order) => order.length > 0 && chosen(order) === order.length,
      isSome: (order) => chosen(order) > 0 && chosen(order) < order.length,
    };
  }, [selection, list]);
}
