import type { ReactNode } from "react";
import type { Place } from "../core/sorting";
import { words } from "../words/moving";
import { Icon, type IconName } from "./Icon";
import { IconButton } from "./IconButton";
import { Menu } from "./Menu";
import { type Sortable, useSortable } from "./useSortable";

interface Props<T extends Sortable> {
  /** The name of the list: "Statuses". */
  label: string;
  entries: readonly T[];
  /** Called with all ids in their new order. */
  onMove: (ids: readonly string[], id: string) => void;
  disabled?: boolean;
  children: (entry: T) => ReactNode;
}

const places: readonly { where: Place; icon: IconName }[] = [
  { where: "up", icon: "up" },
  { where: "down", icon: "down" },
  { where: "top", icon: "top" },
  { where: "bottom", icon: "bottom" },
];

/** A list that can be sorted by hand: by handles, by keyboard, or by a menu of each entry. */
export function SortableList<T extends Sortable>(props: Props<T>) {
  const { label, entries, onMove, disabled = false, children } = props;
  const sortable = useSortable(entries, onMove);
  return (
    <div className="sortable">
      <p id={sortable.helpId} hidden>
        {words.sorting.help}
      </p>
      <ul ref={sortable.list} aria-label={label}>
        {entries.map((entry) => {
          const { row, handle, send, mayGo } = sortable.row(entry);
          return (
            <li key={entry.id} className="sortable-row" {...row}>
              {!disabled && (
                <button type="button" className="icon-button sortable-handle" {...handle}>
                  <Icon name="grip" />
                </button>
              )}
              <div className="sortable-entry">{children(entry)}</div>
              {!disabled && (
                <Menu
                  label={words.sorting.menu(entry.name)}
                  placement="bottom-end"
                  entries={places.map(({ where, icon }) => ({
                    label: words.sorting.places[where],
                    icon,
                    disabled: !mayGo(where),
                    run: () => send(where),
                  }))}
                  button={(button) => (
                    <IconButton icon="more" label={words.sorting.menu(entry.name)} {...button} />
                  )}
                />
              )}
            </li>
          );
        })}
      </ul>
      <span className="unseen" role="status">
        {sortable.says}
      </span>
    </div>
  );
}
