/** The selected records of a list. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Whether it is everything that matches the list's filter, including what is not loaded. */
  isAll: boolean;
  /** Where a range begins. */
  anchor: string;
}

export const nothingChosen: Selection = { ids: new Set(), isAll: false, anchor: "" };

export function isChosen(selection: Selection, id: string): boolean {
  return selection.isAll || selection.ids.has(id);
}

/** With one record added or removed. */
export function toggled(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, isAll: false, anchor: id };
}

/** With all records between the anchor and this one, in the order of the list. */
export function extended(selection: Selection, id: string, order: readonly string[]): Selection {
  const from = order.indexOf(selection.anchor);
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return { ...toggled(selection, id), ids: new Set([...selection.ids, id]) };
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...range]), isAll: false, anchor: selection.anchor };
}

/** All that are loaded; none if all of them were selected. */
export function allToggled(selection: Selection, order: readonly string[]): Selection {
  const isWhole = order.length > 0 && order.every((id) => selection.ids.has(id));
  return isWhole || selection.isAll ? nothingChosen : { ids: new Set(order), isAll: false, anchor: "" };
}

/** Without records that are no longer in the list. */
export function kept(selection: Selection, order: readonly string[]): Selection {
  if (selection.isAll || selection.ids.size === 0) return selection;
  const there = new Set(order);
  const ids = new Set([...selection.ids].filter((id) => there.has(id)));
  return ids.size === selection.ids.size ? selection : { ...selection, ids };
}
