import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useWorkspace } from "../app/workspace";
import { formatCount } from "../core/format";
import { Refusal } from "../core/problem";
import { PickedCards } from "../core/pickedCards";
import type { RecordListView } from "../core/recordList";
import { Skeleton } from "../parts/Skeleton";
import { type BoardDrag, useBoardDrag } from "../parts/useBoardDrag";
import { words as all } from "../words/listDialogs";
import { words as moving } from "../words/moving";
import { BoardCard } from "./BoardCard";
import type { BoardColumn, BoardSource } from "./boardSource";

const words = all.board;

interface Props {
  source: BoardSource;
  open: string;
  onOpen: (id: string) => void;
}

/** Records in columns, with cards that can be moved between them. */
export function RecordBoard({ source, open, onOpen }: Props) {
  const { permissions, store } = useWorkspace();
  const { kind, columns } = source;
  const version = useVersions(columns);
  const board = useMemo(
    () =>
      columns.map(({ key, list }) => ({ id: key, cards: list.known, total: list.view().total })),
    // The lists are mutated in place.
    [columns, version],
  );
  const titleOf = (id: string) => {
    const record = store.get(id);
    return record === undefined ? kind.one : kind.title(record);
  };
  const [picked] = useState(() => new PickedCards((id) => store.get(id)));
  const move = async (id: string, key: string, before: string | null, from: string) => {
    const to = columns.find((column) => column.key === key);
    if (to === undefined) return;
    const isMoved = await picked.move(id, async (record) => {
      if (!permissions.mayEdit(kind, record)) throw new Refusal(words.notYours(kind));
      return source.move(record, to, before, from);
    });
    if (!isMoved) return;
    for (const { list } of columns) if (list !== to.list) list.remove(id);
    to.list.insert(id, before);
  };
  const drag = useBoardDrag({
    columns: board,
    cardName: titleOf,
    columnName: source.columnName,
    onMove: move,
    onPick: (id) => picked.pick(id),
  });
  useHeld(columns, drag.isLifted);
  const isEmpty = board.length > 0 && columns.every(({ list }) => hasNone(list.view()));
  return (
    <>
      {isEmpty && source.none}
      <div className="board" role="region" aria-label={words.name} tabIndex={0}>
        <p id={drag.helpId} hidden>
          {moving.board.help}
        </p>
        {columns.map((column) => (
          <ShownColumn
            key={column.key}
            source={source}
            column={column}
            drag={drag}
            open={open}
            onOpen={onOpen}
          />
        ))}
        <span className="unseen" role="status">
          {drag.says}
        </span>
      </div>
    </>
  );
}

function hasNone({ state, total }: RecordListView): boolean {
  return state === "ready" && total === 0;
}

/** A text that changes whenever one of the lists does. */
function useVersions(columns: readonly BoardColumn[]): string {
  const subscribe = useCallback(
    (listener: () => void) => {
      const forget = columns.map(({ list }) => list.subscribe(listener));
      return () => forget.forEach((each) => each());
    },
    [columns],
  );
  return useSyncExternalStore(subscribe, () =>
    columns.map(({ list }) => list.view().version).join(" "),
  );
}

/** Keeps all cards in place while one is lifted: other changes are shown once it is dropped. */
function useHeld(columns: readonly BoardColumn[], isLifted: boolean): void {
  useEffect(() => {
    if (!isLifted) return undefined;
    const releases = columns.map(({ list }) => list.hold());
    return () => releases.forEach((release) => release());
  }, [columns, isLifted]);
}

interface ColumnProps extends Props {
  column: BoardColumn;
  drag: BoardDrag;
}

/** One column: its name, count, summary and cards. */
function ShownColumn({ source, column, drag, open, onOpen }: ColumnProps) {
  const { key, list } = column;
  const { step } = source;
  const view = useSyncExternalStore(list.subscribe, list.view);
  const [shown, setShown] = useState(step);
  useEffect(() => list.want(0, shown), [list, shown, view.version]);
  const cards = drag.columns.find((each) => each.id === key)?.cards ?? [];
  const gap = (before: string | null) =>
    drag.gap?.column === key && drag.gap.before === before && <div className="board-gap" />;
  return (
    <section className="board-column" aria-label={source.columnName(key)} {...drag.column(key)}>
      <h2 className="board-head">
        {source.heading(key)}
        <span className="board-count muted">
          {view.state === "ready" ? formatCount(view.total, view.more) : ""}
        </span>
      </h2>
      {source.summary?.(key)}
      <div className="board-cards">
        {cards.slice(0, shown).map((id) => (
          <div key={id}>
            {gap(id)}
            <BoardCard source={source} id={id} drag={drag} isOpen={id === open} onOpen={onOpen} />
          </div>
        ))}
        {gap(null)}
        {view.state === "loading" && cards.length === 0 && (
          <div className="waiting" aria-busy="true">
            <Skeleton height="72px" />
          </div>
        )}
        {view.state === "failed" && (
          <button type="button" className="button-quiet" onClick={() => list.retry()}>
            {words.failed}
          </button>
        )}
        {view.room > shown && (
          <button
            type="button"
            className="button-quiet"
            onClick={() => setShown((before) => before + step)}
          >
            {words.more}
          </button>
        )}
      </div>
    </section>
  );
}
