import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { leastWidth, type FittedColumn } from "../core/columnFit";
import { nextSort, type Sort } from "../core/listState";
import type { RecordKind } from "../core/recordKind";
import type { RecordList } from "../core/recordList";
import { Icon } from "../parts/Icon";
import { words } from "../words/lists";
import type { Columns } from "./useColumns";
import type { Selecting } from "./useSelection";

interface Props {
  kind: RecordKind;
  fit: Columns;
  /** Its widths are set when the first rows are there; until then it is hidden. */
  isAwaited: boolean;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selecting: Selecting | null;
  list: RecordList;
}

/** The headings: they sort, and their edges change the widths. */
export function GridHead({ kind, fit, isAwaited, sort, onSort, selecting, list }: Props) {
  return (
    <div
      className={`grid-head ${isAwaited ? "grid-head-awaited" : ""}`}
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: fit.template }}
    >
      {selecting !== null && (
        <div className="cell cell-check" role="columnheader">
          <input
            type="checkbox"
            aria-label={words.grid.chooseLoaded(kind)}
            checked={selecting.isEverything(list.known)}
            ref={(box) => {
              if (box !== null) box.indeterminate = selecting.isSome(list.known);
            }}
            onChange={() => selecting.all(list.known)}
          />
        </div>
      )}
      {fit.fitted.map((each) => (
        <HeadCell key={each.column.id} kind={kind} each={each} fit={fit} sort={sort} onSort={onSort} />
      ))}
    </div>
  );
}

interface HeadCellProps {
  kind: RecordKind;
  each: FittedColumn;
  fit: Columns;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

function HeadCell({ kind, each: { column, width, isEmpty }, fit, sort, onSort }: HeadCellProps) {
  const field = column.sort;
  const isSorted = field !== undefined && sort.field === field;
  const shape = `${column.align === "end" ? "cell-end" : ""} ${isEmpty ? "grid-narrow" : ""}`;
  return (
    <div
      role="columnheader"
      className={`cell cell-${column.id} ${shape}`}
      aria-label={column.title}
      aria-sort={
        field === undefined ? undefined : isSorted ? (sort.falling ? "descending" : "ascending") : "none"
      }
    >
      {field === undefined ? (
        <span className="grid-title">{column.title}</span>
      ) : (
        <button
          type="button"
          className="grid-sort"
          onClick={() => onSort(nextSort(sort, field, kind.fields))}
        >
          {column.title}
          {isSorted && <Icon name={sort.falling ? "down" : "up"} />}
        </button>
      )}
      <WidthHandle
        title={column.title}
        width={width}
        resize={(next) => fit.resize(column.id, next)}
      />
    </div>
  );
}

interface HandleProps {
  title: string;
  width: number;
  /** Null for the automatic width. */
  resize: (width: number | null) => void;
}

const step = 16;

/** The edge of a column: dragged, or moved by arrow keys; a double click restores the automatic width. */
function WidthHandle({ title, width, resize }: HandleProps) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current === null) return;
    resize(start.current.width + event.clientX - start.current.x);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    event.stopPropagation();
    resize(width + (event.key === "ArrowRight" ? step : -step));
  };
  return (
    <span
      className="grid-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={words.grid.width(title)}
      aria-valuenow={width}
      aria-valuemin={leastWidth}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null;
      }}
      onDoubleClick={() => resize(null)}
      onKeyDown={onKeyDown}
    />
  );
}
