import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { phoneWidth, useMedia } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { counted } from "../../core/format";
import { nextSort, type Sort, type SortField } from "../../core/leadList";
import { rowAfterKey, rowsInSight, scrollToShow } from "../../core/windowing";
import { Icon } from "../../parts/Icon";
import { type Column, columns } from "./columns";
import { LeadRow } from "./LeadRow";
import type { LeadList } from "./useLeadList";
import { useWindow } from "./useWindow";

const compactRow = 36;
const touchRow = 60;
const headRow = 36;
const overscan = 12;
/** Rows to show as awaited before the first page is there. */
const firstRoom = 24;

/** The link of the one row that Tab reaches. */
export const activeLink = ".grid [data-row] a[tabindex='0']";

interface Props {
  leads: LeadList;
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** The lead in the panel; "" for none. */
  open: string;
  onOpen: (id: string) => void;
}

/**
 * The rows of a lead list: only those in sight are in the page. Arrow keys move between them, F2
 * edits the status.
 */
export function LeadGrid({ leads, sort, onSort, open, onOpen }: Props) {
  const { list, view } = leads;
  const { permissions } = useWorkspace();
  const [edited, setEdited] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useMedia(phoneWidth) ? touchRow : compactRow;
  const viewport = useWindow(scroller, rowHeight);
  const sight = { ...viewport, height: Math.max(0, viewport.height - headRow) };
  const room = view.state === "loading" ? firstRoom : view.roomFor;
  const range = rowsInSight(sight, room, overscan);
  const { active, moveTo, activate, focus } = useActiveRow(leads, scroller, sight);

  useEffect(() => {
    list.want(range.first, range.end);
  }, [list, range.first, range.end, view.version]);
  useEffect(() => {
    scroller.current?.scrollTo(0, 0);
  }, [list]);

  const onKey = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-row]")) return;
    const lead = list.row(active);
    if (event.key === "F2" && lead !== undefined && permissions.mayEdit(lead)) {
      event.preventDefault();
      setEdited(active);
      return;
    }
    const page = Math.max(1, Math.floor(sight.height / rowHeight) - 1);
    const row = rowAfterKey(event.key, active, list.known, page);
    if (row === null) return;
    event.preventDefault();
    moveTo(row);
  };

  const endEdit = useCallback(() => {
    setEdited(null);
    requestAnimationFrame(focus);
  }, [focus]);

  const rows: number[] = [];
  for (let row = range.first; row < range.end; row += 1) rows.push(row);
  const isAway = active < range.first || active >= range.end;
  if (isAway && active < list.known) rows.push(active);

  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label="Leads"
      aria-rowcount={view.more ? -1 : view.total + 1}
      aria-colcount={columns.length}
      aria-busy={leads.isAwaited}
      onKeyDown={onKey}
    >
      <div className="grid-head" role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div
        className="grid-body"
        role="rowgroup"
        aria-label={counted(view.total, view.more, "lead", "leads")}
        style={{ height: room * rowHeight }}
      >
        {rows.map((row) => (
          <LeadRow
            key={row}
            lead={list.row(row)}
            row={row}
            top={row * rowHeight}
            isActive={row === active}
            isOpen={list.row(row)?.id === open}
            isEdited={row === edited}
            onOpen={onOpen}
            onFocus={activate}
            onEdit={setEdited}
            onEdited={endEdit}
          />
        ))}
      </div>
    </div>
  );
}

interface Sight {
  scrollTop: number;
  height: number;
  rowHeight: number;
}

/** The one row that Tab reaches; arrow keys and the pointer choose another. */
function useActiveRow(
  { list }: LeadList,
  scroller: RefObject<HTMLDivElement>,
  sight: Sight,
) {
  const [active, setActive] = useState(0);
  const focusNext = useRef(false);
  const focus = useCallback(() => {
    document.querySelector<HTMLElement>(activeLink)?.focus({ preventScroll: true });
  }, []);
  useEffect(() => setActive(0), [list]);
  useEffect(() => {
    if (focusNext.current) focus();
    focusNext.current = false;
  }, [active, focus]);
  const moveTo = (row: number) => {
    const top = scrollToShow(row, { ...sight, scrollTop: scroller.current?.scrollTop ?? 0 });
    scroller.current?.scrollTo(scroller.current.scrollLeft, top);
    focusNext.current = true;
    setActive(row);
  };
  return { active, moveTo, activate: setActive, focus };
}

interface HeadCellProps {
  column: Column;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

function HeadCell({ column, sort, onSort }: HeadCellProps) {
  const className = `cell cell-${column.id}`;
  if (column.sort === null) {
    return (
      <div role="columnheader" className={className}>
        {column.title}
      </div>
    );
  }
  const field: SortField = column.sort;
  const isSorted = sort.field === field;
  return (
    <div
      role="columnheader"
      className={className}
      aria-sort={isSorted ? (sort.falling ? "descending" : "ascending") : "none"}
    >
      <button type="button" className="grid-sort" onClick={() => onSort(nextSort(sort, field))}>
        {column.title}
        {isSorted && <Icon name={sort.falling ? "down" : "up"} />}
      </button>
    </div>
  );
}
