import { useState } from "react";
import { type ColumnRoom, withoutRoom } from "../core/columnFit";
import type { Column } from "../core/recordKind";
import { Dialog } from "../parts/Dialog";
import { SortableList } from "../parts/SortableList";
import { words as all } from "../words/listDialogs";

const words = all.columns;

interface Props {
  columns: readonly Column[];
  chosen: readonly Column[];
  /** The room that the list has for columns; null where it shows none. */
  room: ColumnRoom | null;
  /** With the columns in their order, null for the default ones, undefined for no change. */
  onDone: (columns: readonly string[] | null | undefined) => void;
}

/** Which columns a list shows, and in which order: the most important first. */
export default function ColumnsDialog({ columns, chosen, room, onDone }: Props) {
  const [ids, setIds] = useState<readonly string[]>(chosen.map((column) => column.id));
  const [first, ...others] = columns;
  const rest = others.filter((column) => !ids.includes(column.id));
  const shown = ids.flatMap((id) => others.filter((column) => column.id === id));
  const left = room === null || first === undefined ? [] : withoutRoom([first, ...shown], room);
  return (
    <Dialog title={words.title} onClose={() => onDone(undefined)}>
      <div className="dialog-content">
        <p className="muted">{words.help(first?.title ?? "")}</p>
        <SortableList
          label={words.shown}
          entries={shown.map((column) => ({ id: column.id, name: column.title }))}
          onMove={(order) => setIds([...ids.slice(0, 1), ...order])}
        >
          {({ id, name }) => (
            <label className="choice">
              <input
                type="checkbox"
                checked
                onChange={() => setIds((before) => before.filter((each) => each !== id))}
              />
              {name}
              {left.some((column) => column.id === id) && <span className="choice-note">{words.noRoom}</span>}
            </label>
          )}
        </SortableList>
        {rest.length > 0 && (
          <ul className="column-choice" aria-label={words.notShown}>
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
            {words.usual}
          </button>
          <button type="button" className="button button-main" onClick={() => onDone(ids)}>
            {words.take}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
