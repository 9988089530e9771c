import { useEffect, useRef } from "react";
import { phoneWidth, useMedia } from "../app/hooks";
import { useScrollMemory } from "../app/scrollMemory";
import type { ColumnRoom } from "../core/columnFit";
import type { Sort } from "../core/listState";
import type { RecordKind } from "../core/recordKind";
import { rowsInSight } from "../core/windowing";
import { words } from "../words/lists";
import { counted } from "../words/counts";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { useGridKeys } from "./useGridKeys";
import { useColumns } from "./useColumns";
import type { ShownList } from "./useRecordList";
import type { Selecting } from "./useSelection";
import { useWindow } from "./useWindow";

export const rowHeight = 44;
const touchRow = 60;
const headHeight = 36;
const overscan = 12;
/** How many rows are loaded before they come into sight, so that scrolling meets no gaps. */
const ahead = 80;
/** How many placeholder rows are shown before the first page arrives. */
const firstRoom = 24;

interface Props {
  kind: RecordKind;
  shown: ShownList;
  columns: readonly string[] | null;
  /** Called with the room that the columns have; null once there is none. */
  onRoom: (room: ColumnRoom | null) => void;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selecting: Selecting | null;
  /** The record in the panel; "" for none. */
  open: string;
  onOpen: (id: string) => void;
}

/**
 * The rows of a list, of which only those in sight are rendered: a grid by the ARIA pattern. Arrow
 * keys move between cells, Enter or F2 edits one, Space selects a row.
 */
export function RecordGrid(props: Props) {
  const { kind, shown, columns, onRoom, sort, onSort, selecting, open, onOpen } = props;
  const { list, view } = shown;
  const scroller = useRef<HTMLDivElement>(null);
  const isPhone = useMedia(phoneWidth);
  const height = isPhone ? touchRow : rowHeight;
  const hasChecks = selecting !== null && !isPhone;
  const [fit, columnRoom] = useColumns({ kind, shown, chosen: columns, scroller, hasChecks, isPhone });
  useEffect(() => onRoom(columnRoom), [onRoom, columnRoom]);
  useEffect(() => () => onRoom(null), [onRoom]);
  const viewport = useWindow(scroller, height);
  const sight = { ...viewport, height: Math.max(0, viewport.height - (isPhone ? 0 : headHeight)) };
  const room = view.state === "loading" ? firstRoom : view.room;
  const range = rowsInSight(sight, room, overscan);
  const keys = useGridKeys({ kind, list, view, scroller, sight, columns: fit.fitted, selecting, onOpen });

  useScrollMemory(scroller, `${kind.object} ${JSON.stringify(shown.search)}`);
  useShift(scroller, view.shift, height);
  useLanding(scroller, view.landing, height);
  useEffect(() => {
    // Rows that were inserted above have moved what is in sight since it was measured.
    const scrollTop = scroller.current?.scrollTop ?? 0;
    const wanted = rowsInSight({ ...sight, scrollTop }, room, overscan);
    list.want(wanted.first, wanted.end + (scrollTop > 0 ? ahead : 0));
    shown.fetchMissing();
  }, [list, range.first, range.end, view.version, shown.fetchMissing]);

  const rows: number[] = [];
  for (let row = range.first; row < range.end; row += 1) rows.push(row);
  // The focused row and the edited row stay rendered wherever the list is scrolled.
  const { active, edited } = keys;
  for (const row of new Set([active.row, edited === null ? -1 : list.row(edited.id)])) {
    const isInSight = row >= range.first && row < range.end;
    if (!isInSight && list.id(row) !== undefined) rows.push(row);
  }
  const editedCell = fit.fitted.findIndex(({ column }) => column.id === edited?.column);
  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label={words.name(kind)}
      aria-rowcount={view.more ? -1 : view.total + 1}
      aria-colcount={fit.fitted.length + (selecting === null ? 0 : 1)}
      aria-multiselectable={selecting !== null}
      aria-busy={shown.isAwaited}
      onKeyDown={keys.onKeyDown}
    >
      {!isPhone && (
        <GridHead
          kind={kind}
          fit={fit}
          isAwaited={view.state === "loading"}
          sort={sort}
          onSort={onSort}
          selecting={selecting}
          list={list}
        />
      )}
      <div
        className="grid-body"
        role="rowgroup"
        aria-label={counted(view.total, kind, view.more)}
        style={{ height: room * height }}
      >
        {rows.map((row) => (
          <GridRow
            key={list.id(row) ?? `row ${row}`}
            kind={kind}
            id={list.id(row)}
            row={row}
            top={row * height}
            fit={fit}
            isPhone={isPhone}
            activeCell={row === active.row ? active.cell : null}
            editedCell={edited !== null && list.id(row) === edited.id ? editedCell : null}
            isOpen={list.id(row) === open}
            selecting={selecting}
            order={list}
            onOpen={onOpen}
            onFocus={keys.activate}
            onEdit={keys.edit}
            onEdited={keys.endEdit}
          />
        ))}
      </div>
    </div>
  );
}

/** Keeps what is in sight in place when rows are inserted above. */
function useShift(
  scroller: { readonly current: HTMLElement | null },
  shift: number,
  height: number,
): void {
  const before = useRef(shift);
  useEffect(() => {
    const moved = shift - before.current;
    before.current = shift;
    if (moved !== 0 && scroller.current !== null) scroller.current.scrollTop += moved * height;
  }, [scroller, shift, height]);
}

/** Shows the row that a jump led to. */
function useLanding(
  scroller: { readonly current: HTMLElement | null },
  landing: { row: number } | null,
  height: number,
): void {
  const before = useRef(landing);
  useEffect(() => {
    const isNew = landing !== null && landing !== before.current;
    before.current = landing;
    if (isNew && scroller.current !== null) scroller.current.scrollTop = landing.row * height;
  }, [scroller, landing, height]);
}
