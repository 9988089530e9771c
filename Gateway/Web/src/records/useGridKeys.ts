import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { FittedColumn } from "../core/columnFit";
import type { RecordKind } from "../core/recordKind";
import type { RecordList, RecordListView } from "../core/recordList";
import { rowAfterKey, scrollToShow, type Viewport } from "../core/windowing";
import { editedField } from "./GridCell";
import { type EditedCell, useCellEditing } from "./useCellEditing";
import type { Selecting } from "./useSelection";

/** A cell by its row and the place of its column. */
export interface CellPlace {
  row: number;
  cell: number;
}

export interface GridKeys {
  /** The one cell that Tab reaches. */
  active: CellPlace;
  edited: EditedCell | null;
  activate: (place: CellPlace) => void;
  edit: (place: CellPlace) => void;
  endEdit: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

interface Grid {
  kind: RecordKind;
  list: RecordList;
  view: RecordListView;
  scroller: RefObject<HTMLDivElement>;
  sight: Viewport;
  columns: readonly FittedColumn[];
  selecting: Selecting | null;
  onOpen: (id: string) => void;
}

/** The cell that Tab reaches, which has the data attribute. */
export const activeCell = ".grid [data-active] :is(a, button, [tabindex]), .grid [data-active][tabindex]";

/** The keyboard of a grid, by the ARIA Authoring Practices. */
export function useGridKeys(grid: Grid): GridKeys {
  const { list, view, scroller, sight, columns, selecting } = grid;
  const [active, setActive] = useState<CellPlace>({ row: 0, cell: 0 });
  const focusNext = useRef(false);
  const focus = useCallback(() => {
    scroller.current?.querySelector<HTMLElement>("[data-active]")?.focus({ preventScroll: true });
  }, [scroller]);
  useEffect(() => setActive({ row: 0, cell: 0 }), [list]);
  useFollowing(list, view, active, setActive);
  useEffect(() => {
    if (focusNext.current) focus();
    focusNext.current = false;
  });

  const moveTo = (place: CellPlace) => {
    const top = scrollToShow(place.row, { ...sight, scrollTop: scroller.current?.scrollTop ?? 0 });
    scroller.current?.scrollTo(scroller.current.scrollLeft, top);
    focusNext.current = true;
    setActive(place);
  };
  const editing = useCellEditing({
    kind: grid.kind,
    list,
    columns,
    onBegin: setActive,
    onEnd: () => {
      focusNext.current = true;
    },
  });
  const { edited, edit } = editing;

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-row]")) return;
    if (edited !== null || event.altKey) return;
    const id = list.id(active.row);
    const isControl = event.ctrlKey || event.metaKey;
    const done = () => event.preventDefault();
    if (id !== undefined && selecting !== null) {
      if (event.key === " ") {
        done();
        if (event.shiftKey) selecting.extend(id);
        else selecting.toggle(id);
        return;
      }
      if (isControl && event.key === "a") {
        done();
        selecting.all(list.known);
        return;
      }
    }
    if (event.key === "F2" || (event.key === "Enter" && active.cell > 0)) {
      if (edit(active)) return done();
      if (event.key === "F2" && editStatus(edit, active, columns, grid.kind)) return done();
    }
    if (event.key === "Enter" && id !== undefined) {
      done();
      grid.onOpen(id);
      return;
    }
    if (isControl && (event.key === "End" || event.key === "Home")) {
      done();
      jump(event.key === "End");
      return;
    }
    const last = columns.length - 1;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const step = event.key === "ArrowRight" ? 1 : -1;
      done();
      moveTo({ row: active.row, cell: Math.max(0, Math.min(last, active.cell + step)) });
      return;
    }
    if (event.key === "End" && !list.isWhole && !isEndKnown(list, view)) {
      done();
      jump(true);
      return;
    }
    const page = Math.max(1, Math.floor(sight.height / sight.rowHeight) - 1);
    const row = rowAfterKey(event.key, active.row, list.range.end, page);
    if (row === null) return;
    done();
    if (event.key === "Home" && list.range.first > 0) return jump(false);
    const target = Math.max(row, list.range.first);
    moveTo({ row: target, cell: active.cell });
    const reached = list.id(target);
    if (event.shiftKey && selecting !== null && reached !== undefined && id !== undefined) {
      selecting.extendFrom(id, reached);
    }
  };

  /** Shows the end of the list, or its beginning. */
  const jump = (toEnd: boolean) => {
    const arrive = () => {
      const { first, end } = list.range;
      const row = toEnd ? Math.max(first, end - 1) : first;
      moveTo({ row, cell: active.cell });
    };
    if (toEnd ? isEndKnown(list, view) : list.range.first === 0) arrive();
    else void list.jump(toEnd ? "end" : "start").then(() => requestAnimationFrame(arrive));
  };

  const { touch, begin, end } = editing;
  const activate = useCallback(
    (place: CellPlace) => {
      touch(place);
      setActive((before) => (before.row === place.row && before.cell === place.cell ? before : place));
    },
    [touch],
  );
  return { active, edited, activate, edit: begin, endEdit: end, onKeyDown };
}

/** Keeps the active cell on its record when rows come or go, and on a row that there is. */
function useFollowing(
  list: RecordList,
  view: RecordListView,
  active: CellPlace,
  setActive: (change: (before: CellPlace) => CellPlace) => void,
): void {
  const followed = useRef<string | undefined>(undefined);
  const followedIn = useRef(list);
  useEffect(() => {
    const id = followedIn.current === list ? followed.current : undefined;
    followedIn.current = list;
    setActive((before) => {
      const row = id === undefined ? -1 : list.row(id);
      const { first, end } = list.range;
      const next = row >= 0 ? row : Math.max(first, Math.min(before.row, end - 1));
      return next === before.row ? before : { ...before, row: next };
    });
  }, [list, view.version, setActive]);
  useEffect(() => {
    followed.current = list.id(active.row);
  }, [list, view.version, active]);
}

function isEndKnown(list: RecordList, view: RecordListView): boolean {
  return view.room === list.range.end;
}

/** F2 on a cell that cannot be edited goes to the first that can be chosen from a list. */
function editStatus(
  edit: (place: CellPlace) => boolean,
  active: CellPlace,
  columns: readonly FittedColumn[],
  kind: RecordKind,
): boolean {
  const cell = columns.findIndex(({ column }) => editedField(kind, column)?.kind === "picklist");
  return cell >= 0 && edit({ row: active.row, cell });
}
