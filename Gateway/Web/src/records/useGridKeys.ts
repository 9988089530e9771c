import {
  type Dispatch,
  type KeyboardEvent,
  type RefObject,
  type SetStateAction,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
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
  const { list, columns } = grid;
  const moving = useActiveCell(grid);
  const { active, moveTo, setActive } = moving;
  const editing = useCellEditing({
    kind: grid.kind,
    list,
    columns,
    onBegin: setActive,
    onEnd: moving.focusNext,
  });
  const keys: Keys = { ...grid, active, moveTo, edit: editing.edit };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-row]")) return;
    if (editing.edited !== null || event.altKey) return;
    const isTaken = choose(keys, event) || edit(keys, event) || open(keys, event) || move(keys, event);
    if (isTaken) event.preventDefault();
  };

  const { edited, touch, begin, end } = editing;
  const activate = useCallback(
    (place: CellPlace) => {
      touch(place);
      setActive((before) => (before.row === place.row && before.cell === place.cell ? before : place));
    },
    [touch, setActive],
  );
  return { active, edited, activate, edit: begin, endEdit: end, onKeyDown };
}

interface ActiveCell {
  active: CellPlace;
  setActive: Dispatch<SetStateAction<CellPlace>>;
  /** Makes a cell the active one, scrolls to it and focuses it. */
  moveTo: (place: CellPlace) => void;
  /** Focuses the active cell once it is rendered. */
  focusNext: () => void;
}

/** The one cell that Tab reaches; it stays with its record. */
function useActiveCell({ list, view, scroller, sight }: Grid): ActiveCell {
  const [active, setActive] = useState<CellPlace>({ row: 0, cell: 0 });
  const takesFocus = useRef(false);
  useEffect(() => setActive({ row: 0, cell: 0 }), [list]);
  useFollowing(list, view, active, setActive);
  useEffect(() => {
    if (takesFocus.current) {
      scroller.current?.querySelector<HTMLElement>("[data-active]")?.focus({ preventScroll: true });
    }
    takesFocus.current = false;
  });
  const focusNext = () => {
    takesFocus.current = true;
  };
  const moveTo = (place: CellPlace) => {
    const top = scrollToShow(place.row, { ...sight, scrollTop: scroller.current?.scrollTop ?? 0 });
    scroller.current?.scrollTo(scroller.current.scrollLeft, top);
    focusNext();
    setActive(place);
  };
  return { active, setActive, moveTo, focusNext };
}

/** What the keys work on. */
interface Keys extends Grid {
  active: CellPlace;
  moveTo: (place: CellPlace) => void;
  edit: (place: CellPlace) => boolean;
}

/** Space selects a row, Ctrl-A all of them. Returns true for a key that it took, as do the functions below. */
function choose({ list, active, selecting }: Keys, event: KeyboardEvent): boolean {
  const id = list.id(active.row);
  if (id === undefined || selecting === null) return false;
  if (event.key === " ") {
    if (event.shiftKey) selecting.extend(id);
    else selecting.toggle(id);
    return true;
  }
  if (!(event.ctrlKey || event.metaKey) || event.key !== "a") return false;
  selecting.all(list.known);
  return true;
}

/** F2 edits a cell; so does Enter, except in the first, which is a link. */
function edit(keys: Keys, event: KeyboardEvent): boolean {
  const { active } = keys;
  if (event.key !== "F2" && !(event.key === "Enter" && active.cell > 0)) return false;
  return keys.edit(active) || (event.key === "F2" && editStatus(keys));
}

/** Enter opens a record where it does not edit. */
function open({ list, active, onOpen }: Keys, event: KeyboardEvent): boolean {
  const id = list.id(active.row);
  if (event.key !== "Enter" || id === undefined) return false;
  onOpen(id);
  return true;
}

/** Arrows, Page, Home and End go to other cells; with Shift they select the rows between. */
function move(keys: Keys, event: KeyboardEvent): boolean {
  const { list, view, active, sight, columns, selecting, moveTo } = keys;
  const { key } = event;
  if (key === "ArrowRight" || key === "ArrowLeft") {
    const cell = active.cell + (key === "ArrowRight" ? 1 : -1);
    moveTo({ row: active.row, cell: Math.max(0, Math.min(columns.length - 1, cell)) });
    return true;
  }
  const isControl = event.ctrlKey || event.metaKey;
  const isFarEnd = !list.isWhole && !isEndKnown(list, view);
  const hasFarEnd = !keys.kind.lacks.has("from_end") || isEndKnown(list, view);
  if (key === "End" && hasFarEnd && (isControl || isFarEnd)) return jump(keys, true);
  if (key === "Home" && (isControl || list.range.first > 0)) return jump(keys, false);
  const page = Math.max(1, Math.floor(sight.height / sight.rowHeight) - 1);
  const row = rowAfterKey(key, active.row, list.range.end, page);
  if (row === null) return false;
  const from = list.id(active.row);
  const target = Math.max(row, list.range.first);
  moveTo({ row: target, cell: active.cell });
  const reached = list.id(target);
  if (event.shiftKey && selecting !== null && reached !== undefined && from !== undefined) {
    selecting.extendFrom(from, reached);
  }
  return true;
}

/** Shows the end of the list, or its beginning. */
function jump({ list, view, active, moveTo }: Keys, toEnd: boolean): true {
  const arrive = () => {
    const { first, end } = list.range;
    moveTo({ row: toEnd ? Math.max(first, end - 1) : first, cell: active.cell });
  };
  if (toEnd ? isEndKnown(list, view) : list.range.first === 0) arrive();
  else void list.jump(toEnd ? "end" : "start").then(() => requestAnimationFrame(arrive));
  return true;
}

/** Keeps the active cell on its record when rows come or go, and on an existing row. */
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

/** F2 on a cell that cannot be edited goes to the first cell with a choice from a list. */
function editStatus({ columns, kind, active, edit }: Keys): boolean {
  const cell = columns.findIndex(({ column }) => editedField(kind, column)?.kind === "picklist");
  return cell >= 0 && edit({ row: active.row, cell });
}
