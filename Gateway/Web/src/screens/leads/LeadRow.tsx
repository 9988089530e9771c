import { memo, type MouseEvent } from "react";
import { useWorkspace } from "../../app/workspace";
import { leadName } from "../../core/leadFields";
import type { ListedLead } from "../../core/types";
import { Link } from "../../parts/Link";
import { addressOf, columns } from "./columns";
import { StatusEditor } from "./StatusEditor";

interface Props {
  /** Undefined while its page is on the way. */
  lead: ListedLead | undefined;
  /** From 0. */
  row: number;
  /** In pixels from the first row. */
  top: number;
  isActive: boolean;
  isOpen: boolean;
  /** Whether its status is edited in place. */
  isEdited: boolean;
  onOpen: (id: string) => void;
  onFocus: (row: number) => void;
  onEdit: (row: number) => void;
  onEdited: () => void;
}

/** One lead in the list. Its name is a link to its page; a plain click opens it beside the list. */
export const LeadRow = memo(function LeadRow(props: Props) {
  const { lead, row, top, isActive, isOpen, isEdited, onOpen, onFocus, onEdit, onEdited } = props;
  const { directory, permissions } = useWorkspace();
  const { names } = directory;
  const style = { transform: `translateY(${top}px)` };
  if (lead === undefined) {
    return (
      <div className="row row-awaited" role="row" aria-rowindex={row + 2} style={style}>
        <div className="cell" role="gridcell" aria-label="Loading" />
      </div>
    );
  }
  const openBeside = (event: MouseEvent) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || elsewhere) return;
    event.preventDefault();
    onFocus(row);
    onOpen(lead.id);
  };
  const editStatus = (event: MouseEvent) => {
    if (!permissions.mayEdit(lead)) return;
    event.stopPropagation();
    onFocus(row);
    onEdit(row);
  };
  const [, ...others] = columns;
  return (
    <div
      className={`row ${isOpen ? "row-open" : ""}`}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isOpen}
      data-row={row}
      style={style}
      onClick={openBeside}
    >
      <div className="cell cell-name" role="gridcell">
        <Link
          to={addressOf(lead)}
          tabIndex={isActive ? 0 : -1}
          title={leadName(lead)}
          onClick={openBeside}
          onFocus={() => onFocus(row)}
        >
          {leadName(lead)}
        </Link>
      </div>
      {others.map((column) => (
        <div key={column.id} className={`cell cell-${column.id}`} role="gridcell">
          {isEdited && column.id === "status" ? (
            <StatusEditor lead={lead} onDone={onEdited} />
          ) : column.id === "status" ? (
            <span className="row-status" onClick={editStatus}>
              {column.cell(lead, names)}
            </span>
          ) : (
            column.cell(lead, names)
          )}
        </div>
      ))}
    </div>
  );
});
