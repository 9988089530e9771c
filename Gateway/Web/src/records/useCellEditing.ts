import { useCallback, useEffect, useRef, useState } from "react";
import { useWorkspace } from "../app/workspace";
import type { FittedColumn } from "../core/columnFit";
import type { RecordKind } from "../core/recordKind";
import type { RecordList } from "../core/recordList";
import { editedField } from "./GridCell";
import type { CellPlace } from "./useGridKeys";

/** A cell by its record and column, wherever these are. */
export interface EditedCell {
  id: string;
  column: string;
}

export interface CellEditing {
  edited: EditedCell | null;
  /** Opens the editor of a cell; false for one that cannot be edited. */
  edit: (place: CellPlace) => boolean;
  /** The same, for rows: the function never changes. */
  begin: (place: CellPlace) => void;
  end: () => void;
  /** The member went to another cell: none opens by itself any more. */
  touch: (place: CellPlace) => void;
}

interface Setup {
  kind: RecordKind;
  list: RecordList;
  columns: readonly FittedColumn[];
  onBegin: (place: CellPlace) => void;
  onEnd: () => void;
}

/**
 * Which cell of a grid is edited, one at a time: if another one is pressed meanwhile, it opens once
 * the first is saved. Until then, rows stay in place.
 */
export function useCellEditing(setup: Setup): CellEditing {
  const { kind, list, columns } = setup;
  const { store, permissions } = useWorkspace();
  const [edited, setEdited] = useState<EditedCell | null>(null);
  const next = useRef<CellPlace | null>(null);
  useEffect(() => setEdited(null), [list]);
  useEffect(() => (edited === null ? undefined : list.hold()), [list, edited]);

  const edit = (place: CellPlace): boolean => {
    const id = list.id(place.row);
    const record = id === undefined ? undefined : store.get(id);
    const column = columns[place.cell]?.column;
    if (id === undefined || record === undefined || column === undefined) return false;
    if (editedField(kind, column) === null || !permissions.mayEdit(kind, record)) return false;
    setup.onBegin(place);
    // What was typed into another cell is saved first, or stays there with the reason.
    if (edited === null) setEdited({ id, column: column.id });
    else if (edited.id !== id || edited.column !== column.id) next.current = place;
    return true;
  };
  const latest = useRef({ edit, onEnd: setup.onEnd });
  latest.current = { edit, onEnd: setup.onEnd };
  useEffect(() => {
    const place = next.current;
    next.current = null;
    if (edited === null && place !== null) latest.current.edit(place);
  }, [edited]);

  const begin = useCallback((place: CellPlace) => void latest.current.edit(place), []);
  const touch = useCallback((place: CellPlace) => {
    if (next.current?.row !== place.row || next.current.cell !== place.cell) next.current = null;
  }, []);
  const end = useCallback(() => {
    setEdited(null);
    latest.current.onEnd();
  }, []);
  return { edited, edit, begin, end, touch };
}
