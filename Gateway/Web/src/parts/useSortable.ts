import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import {
  carried,
  dropPlace,
  lift,
  type Lifted,
  moved,
  type Place,
  placesWhile,
  placeTo,
} from "../core/sorting";
import { words } from "../words/moving";
import { followPointer } from "./followPointer";

export interface Sortable {
  id: string;
  /** Its name, as read aloud. */
  name: string;
}

/** The props of one entry of a sortable list. */
export interface SortableRow {
  /** For the row; CSS `order` places it while something is lifted. */
  row: { "data-sortable": string; style: CSSProperties; "data-lifted": "" | undefined };
  /** For the button that is its handle. */
  handle: {
    "aria-label": string;
    "aria-describedby": string;
    "aria-pressed": boolean;
    onPointerDown: (event: ReactPointerEvent) => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
  /** Moves it elsewhere without lifting it. */
  send: (where: Place) => void;
  mayGo: (where: Place) => boolean;
}

export interface SortableList {
  list: RefObject<HTMLUListElement>;
  row: (entry: Sortable) => SortableRow;
  /** The message for the live region. */
  says: string;
  /** The id of the text that says how to use a handle. */
  helpId: string;
}

/**
 * Sorts a list by hand. Pointer: hold and pull a handle. Keyboard: Space lifts, arrows move,
 * Space or Enter drops, Esc puts it back.
 *
 * @param onMove - called with all ids in their new order, after a drop at another place
 */
export function useSortable(
  entries: readonly Sortable[],
  onMove: (ids: readonly string[], id: string) => void,
): SortableList {
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [says, setSays] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const held = useRef<Lifted | null>(null);
  const focused = useRef<string | null>(null);
  const stop = useRef<() => void>(() => undefined);
  const helpId = useId();
  const ids = entries.map((entry) => entry.id);
  const places = placesWhile(ids, lifted);
  const nameOf = (id: string) => entries.find((entry) => entry.id === id)?.name ?? "";

  const hold = (next: Lifted | null) => {
    held.current = next;
    setLifted(next);
  };
  const carry = (to: number) => {
    const { current } = held;
    if (current === null) return;
    const next = carried(current, to, ids.length);
    if (next.to === current.to) return;
    hold(next);
    setSays(words.sorting.moved(nameOf(next.id), next.to + 1, ids.length));
  };
  const settle = (dropped: boolean) => {
    stop.current();
    const { current } = held;
    if (current === null) return;
    hold(null);
    const name = nameOf(current.id);
    if (!dropped) return setSays(words.sorting.gaveBack(name));
    setSays(words.sorting.dropped(name, current.to + 1, ids.length));
    if (current.to === current.from) return;
    focused.current = current.id;
    onMove(moved(ids, current.from, current.to), current.id);
  };
  const settleNow = useRef(settle);
  settleNow.current = settle;

  // A row that moved in the page has lost focus.
  useLayoutEffect(() => {
    const id = focused.current;
    focused.current = null;
    if (id !== null) rowOf(list.current, id)?.querySelector<HTMLElement>("button")?.focus();
  });
  useEffect(() => () => stop.current(), []);

  const pull = (event: ReactPointerEvent, id: string) => {
    if (event.button !== 0 || held.current !== null) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).focus();
    hold(lift(ids, id));
    setSays(words.sorting.lifted(nameOf(id), ids.indexOf(id) + 1, ids.length));
    stop.current = followPointer(event.pointerId, {
      move: (at) => carry(dropPlace(middlesOf(list.current, held.current), at.clientY)),
      near: () => list.current,
      end: (dropped) => settleNow.current(dropped),
    });
  };
  const press = (event: KeyboardEvent, id: string) => {
    const isLifted = held.current?.id === id;
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!isLifted) {
      if (event.key !== " ") return;
      hold(lift(ids, id));
      setSays(words.sorting.lifted(nameOf(id), ids.indexOf(id) + 1, ids.length));
    } else if (step !== 0) carry((held.current?.to ?? 0) + step);
    else if (event.key === "Home" || event.key === "End") {
      carry(event.key === "Home" ? 0 : ids.length - 1);
    } else if (event.key === " " || event.key === "Enter") settle(true);
    else if (event.key === "Escape") settle(false);
    else if (event.key === "Tab") return settle(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    list,
    says,
    helpId,
    row: ({ id, name }) => {
      const place = ids.indexOf(id);
      return {
        row: {
          "data-sortable": id,
          "data-lifted": lifted?.id === id ? "" : undefined,
          style: { order: places.get(id) ?? 0 },
        },
        handle: {
          "aria-label": words.sorting.handle(name),
          "aria-describedby": helpId,
          "aria-pressed": lifted?.id === id,
          onPointerDown: (event) => pull(event, id),
          onKeyDown: (event) => press(event, id),
        },
        mayGo: (where) => placeTo(where, place, ids.length) !== place,
        send: (where) => {
          const to = placeTo(where, place, ids.length);
          if (to === place) return;
          setSays(words.sorting.dropped(name, to + 1, ids.length));
          onMove(moved(ids, place, to), id);
        },
      };
    },
  };
}

function rowOf(list: HTMLElement | null, id: string): HTMLElement | undefined {
  return rowsOf(list).find((row) => row.dataset["sortable"] === id);
}

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[data-sortable]") ?? [])];
}

/** The heights of the middles of all rows but the lifted one, from the top. */
function middlesOf(list: HTMLElement | null, lifted: Lifted | null): number[] {
  return rowsOf(list)
    .filter((row) => row.dataset["sortable"] !== lifted?.id)
    .map((row) => row.getBoundingClientRect())
    .map((box) => box.top + box.height / 2)
    .sort((a, b) => a - b);
}
