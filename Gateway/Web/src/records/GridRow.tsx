import { memo, type MouseEvent } from "react";
import { useWorkspace } from "../app/workspace";
import { type Column, type Rec, recordAddress, type RecordKind } from "../core/recordKind";
import type { RecordList } from "../core/recordList";
import { Link } from "../parts/Link";
import { words } from "../words/lists";
import { FieldEditor } from "./FieldEditor";
import { useGivingAway } from "./GivingAway";
import { editedField, GridCell } from "./GridCell";
import type { Columns } from "./useColumns";
import type { CellPlace } from "./useGridKeys";
import { useKnown } from "./useRecord";
import type { Selecting } from "./useSelection";

interface Props {
  kind: RecordKind;
  /** Undefined while its page is loading. */
  id: string | undefined;
  /** From 0. */
  row: number;
  /** In pixels from the first row. */
  top: number;
  fit: Columns;
  isPhone: boolean;
  activeCell: number | null;
  editedCell: number | null;
  isOpen: boolean;
  selecting: Selecting | null;
  order: RecordList;
  onOpen: (id: string) => void;
  onFocus: (place: CellPlace) => void;
  onEdit: (place: CellPlace) => void;
  onEdited: () => void;
}

/** One record in a list. Its first cell is a link to its page; a plain click opens it beside the list. */
export const GridRow = memo(function GridRow(props: Props) {
  const record = useKnown(props.id);
  const { row, top, fit } = props;
  const style = { transform: `translateY(${top}px)`, gridTemplateColumns: fit.template };
  if (record === undefined || props.id === undefined) {
    return (
      <div className="row row-awaited" role="row" aria-rowindex={row + 2} style={style}>
        <div className="cell" role="gridcell" aria-label={words.grid.loading} />
      </div>
    );
  }
  return <KnownRow {...props} id={props.id} record={record} style={style} />;
});

interface KnownProps extends Props {
  id: string;
  record: Rec;
  style: { transform: string; gridTemplateColumns: string };
}

function KnownRow(props: KnownProps) {
  const { kind, id, record, row, fit, isPhone, isOpen, selecting, style } = props;
  const givingAway = useGivingAway(kind, record);
  const isChosen = selecting?.has(id) ?? false;
  const openBeside = useOpenBeside(props);
  return (
    <div
      className={`row ${isOpen ? "row-open" : ""} ${isChosen ? "row-chosen" : ""}`}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={selecting === null ? isOpen : isChosen}
      data-row={row}
      style={style}
      onClick={openBeside}
    >
      {selecting !== null && !isPhone && <CheckCell {...props} selecting={selecting} />}
      {fit.fitted.map(({ column }, cell) => (
        <RowCell
          key={column.id}
          {...props}
          column={column}
          cell={cell}
          openBeside={openBeside}
          mayGive={givingAway.ask}
        />
      ))}
      {givingAway.question}
    </div>
  );
}

/** Opens the record beside the list; with Shift selects the rows up to it; with other keys it is a plain link. */
function useOpenBeside({ id, row, selecting, order, onFocus, onOpen }: KnownProps) {
  return (event: MouseEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey && selecting !== null) {
      getSelection()?.removeAllRanges();
      selecting.extend(id, order.known);
      return;
    }
    onFocus({ row, cell: 0 });
    onOpen(id);
  };
}

function CheckCell({ kind, id, record, order, selecting }: KnownProps & { selecting: Selecting }) {
  return (
    <div className="cell cell-check" role="gridcell" onClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={selecting.has(id)}
        aria-label={words.grid.choose(kind.title(record))}
        onClick={(event) => {
          if (event.shiftKey) selecting.extend(id, order.known);
          else selecting.toggle(id);
        }}
        onChange={() => undefined}
      />
    </div>
  );
}

interface CellProps extends KnownProps {
  column: Column;
  cell: number;
  openBeside: (event: MouseEvent) => void;
  mayGive: (owner: unknown) => Promise<boolean>;
}

/** One cell: the first is the link to the record; an edited one is its editor. */
function RowCell(props: CellProps) {
  const { kind, id, record, row, column, cell, activeCell, editedCell, openBeside, mayGive } = props;
  const { permissions } = useWorkspace();
  const field = editedField(kind, column);
  const isEdited = cell === editedCell && field !== null;
  const isActive = cell === activeCell;
  const mark = { "data-active": isActive ? "" : undefined, tabIndex: isActive ? 0 : -1 };
  const shown = <GridCell kind={kind} column={column} record={record} />;
  const content = () => {
    if (isEdited) {
      const mayTake = field.name === kind.owner ? { mayTake: mayGive } : {};
      return (
        <span className="cell-editor" onClick={(event) => event.stopPropagation()}>
          <FieldEditor kind={kind} record={record} field={field} onDone={props.onEdited} {...mayTake} />
        </span>
      );
    }
    if (cell === 0) {
      return (
        <Link to={recordAddress(kind, id)} className="cell-link" {...mark} onClick={openBeside}>
          {shown}
        </Link>
      );
    }
    if (field?.kind !== "picklist" || !permissions.mayEdit(kind, record)) return shown;
    const edit = (event: MouseEvent) => {
      event.stopPropagation();
      props.onEdit({ row, cell });
    };
    return (
      <span className="cell-chip" onClick={edit}>
        {shown}
      </span>
    );
  };
  return (
    <div
      className={`cell cell-${column.id} ${column.align === "end" ? "cell-end" : ""}`}
      role="gridcell"
      {...(cell === 0 || isEdited ? {} : mark)}
      onFocus={() => props.onFocus({ row, cell })}
    >
      {content()}
    </div>
  );
}
