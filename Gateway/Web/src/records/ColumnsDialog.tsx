import { useState } from "react";
import type { Column } from "../core/recordKind";
import { Dialog } from "../parts/Dialog";
import { IconButton } from "../parts/IconButton";

interface Props {
  columns: readonly Column[];
  chosen: readonly Column[];
  /** With the columns in their order, null for the usual ones, undefined for no change. */
  onDone: (columns: readonly string[] | null | undefined) => void;
}

/** Which columns a list shows, and in which order: those that count most first. */
export function ColumnsDialog({ columns, chosen, onDone }: Props) {
  const [ids, setIds] = useState<readonly string[]>(chosen.map((column) => column.id));
  const [first, ...others] = columns;
  const rest = others.filter((column) => !ids.includes(column.id));
  const shown = ids.flatMap((id) => others.filter((column) => column.id === id));
  const move = (id: string, step: number) =>
    setIds((before) => {
      const after = before.filter((each) => each !== id);
      after.splice(Math.max(1, before.indexOf(id) + step), 0, id);
      return after;
    });
  return (
    <Dialog title="Columns" onClose={() => onDone(undefined)}>
      <div className="dialog-body">
        <p className="muted">
          Where a screen has no room for all, the last ones are left out. {first?.title} always stands first.
        </p>
        <ol className="column-choice" aria-label="Columns shown">
          {shown.map((column, place) => (
            <li key={column.id}>
              <label className="choice">
                <input
                  type="checkbox"
                  checked
                  onChange={() => setIds((before) => before.filter((id) => id !== column.id))}
                />
                {column.title}
              </label>
              <IconButton
                icon="up"
                label={`Move ${column.title} up`}
                disabled={place === 0}
                onClick={() => move(column.id, -1)}
              />
              <IconButton
                icon="down"
                label={`Move ${column.title} down`}
                disabled={place === shown.length - 1}
                onClick={() => move(column.id, 1)}
              />
            </li>
          ))}
        </ol>
        {rest.length > 0 && (
          <ul className="column-choice" aria-label="Columns not shown">
            {rest.map((column) => (
              <li key={column.id}>
                <label className="choice">
                  <input
                    type="checkbox"
                    checked={false}
                    onChange={() => setIds((before) => [...before, column.id])}
                  />
                  {column.title}
                </label>
              </li>
            ))}
          </ul>
        )}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={() => onDone(null)}>
            Usual columns
          </button>
          <button type="button" className="button button-main" onClick={() => onDone(ids)}>
            Show these columns
          </button>
        </div>
      </div>
    </Dialog>
  );
}
