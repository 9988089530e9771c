import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useWorkspace } from "../app/workspace";
import { boardKeys } from "../core/boardColumns";
import { all as allOf, isOneOf } from "../core/cel";
import { chosenColumns } from "../core/columnFit";
import type { Field } from "../core/fields";
import { fieldText } from "../core/fieldText";
import { formatCount } from "../core/format";
import { type ListState, listSearch, withCondition } from "../core/listState";
import { RecordList } from "../core/recordList";
import type { RecordKind } from "../core/recordKind";
import { Refusal } from "../core/problem";
import { type BoardDrag, useBoardDrag } from "../parts/useBoardDrag";
import { words as all } from "../words/listDialogs";
import { words as parts } from "../words/parts";
import { BoardCard } from "./BoardCard";
import { EntryChip } from "./EntryChip";
import { useFieldSaving } from "./useFieldSaving";
import { useAsking, useListFields, useListNews } from "./useRecordList";

const words = all.board;

interface Props {
  kind: RecordKind;
  /** The field whose choices are the columns. */
  field: Field;
  state: ListState;
  open: string;
  onOpen: (id: string) => void;
}

interface Column {
  key: string;
  list: RecordList;
}

/** The records of a list in columns by one field: moving a card changes that field. */
export default function RecordBoard({ kind, field, state, open, onOpen }: Props) {
  const { directory, permissions, store } = useWorkspace();
  const save = useFieldSaving(kind);
  const columns = useColumns(kind, field, state);
  const version = useVersions(columns);
  const board = useMemo(
    () =>
      columns.map(({ key, list }) => ({ id: key, cards: list.known, total: list.view().total })),
    // The lists change in place.
    [columns, version],
  );
  const listOf = (key: string) => columns.find((column) => column.key === key)?.list;
  const titleOf = (id: string) => {
    const record = store.get(id);
    return record === undefined ? kind.one : kind.title(record);
  };
  const move = async (id: string, to: string, before: string | null) => {
    const record = store.get(id);
    const from = String(record?.[field.name] ?? "");
    if (record === undefined || from === to) return;
    if (!permissions.mayEdit(kind, record)) {
      throw new Refusal(words.notYours(kind));
    }
    const outcome = await save(id, field, to, from);
    if (outcome.is === "refused") throw new Refusal(outcome.reason);
    if (outcome.is === "overtaken") throw new Refusal(words.overtaken);
    listOf(from)?.remove(id);
    listOf(to)?.insert(id, before);
  };
  const drag = useBoardDrag({
    columns: board,
    cardName: titleOf,
    columnName: (key) => fieldText(field, key, directory.names),
    onMove: move,
  });
  useHeld(columns, drag.isLifted);
  return (
    <div className="board" role="region" aria-label={words.name} tabIndex={0}>
      <p id={drag.helpId} hidden>
        {parts.board.help}
      </p>
      {columns.map((column) => (
        <BoardColumn
          key={column.key}
          kind={kind}
          field={field}
          column={column}
          state={state}
          drag={drag}
          open={open}
          onOpen={onOpen}
        />
      ))}
      <span className="unseen" role="status">
        {drag.says}
      </span>
    </div>
  );
}

/** The columns, of which a condition on their field may leave only some. */
function useColumns(kind: RecordKind, field: Field, state: ListState): readonly Column[] {
  const { records, lists, directory } = useWorkspace();
  const asking = useAsking();
  const fields = useListFields(kind, state);
  const condition = state.conditions.get(field.name);
  const keys = boardKeys(field, directory.entries(field.picklist ?? ""), condition).join(" ");
  const rest = { ...state, conditions: withCondition(state.conditions, field.name, null) };
  const { filter, query, orderBy } = listSearch(kind, rest, asking);
  return useMemo(
    () =>
      keys === ""
        ? []
        : keys.split(" ").map((key) => {
            const search = { filter: allOf([filter, isOneOf(field.name, [key])]), query, orderBy };
            const name = JSON.stringify(["board", kind.object, search, fields]);
            const make = () =>
              new RecordList((from, signal) => records.list(kind, search, fields, from, signal));
            return { key, list: lists.list(name, make) };
          }),
    [records, lists, kind, field.name, keys, filter, query, orderBy, fields],
  );
}

/** A number that changes whenever one of the lists does. */
function useVersions(columns: readonly Column[]): string {
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

/** Keeps all cards where they are while one is lifted: what changes meanwhile is shown once it is dropped. */
function useHeld(columns: readonly Column[], isLifted: boolean): void {
  useEffect(() => {
    if (!isLifted) return undefined;
    const releases = columns.map(({ list }) => list.hold());
    return () => releases.forEach((release) => release());
  }, [columns, isLifted]);
}

interface ColumnProps extends Omit<Props, "field"> {
  field: Field;
  column: Column;
  drag: BoardDrag;
}

/** How many cards a column shows before one asks for more. */
const step = 50;

/** One column: its name, how many it has, and its cards. */
function BoardColumn({ kind, field, column, state, drag, open, onOpen }: ColumnProps) {
  const { names } = useWorkspace().directory;
  const { key, list } = column;
  const view = useSyncExternalStore(list.subscribe, list.view);
  const [shown, setShown] = useState(step);
  useListNews(kind, list, state, field.name);
  useEffect(() => list.want(0, shown), [list, shown, view.version]);
  const cards = drag.columns.find((each) => each.id === key)?.cards ?? [];
  const gap = (before: string | null) =>
    drag.gap?.column === key && drag.gap.before === before && <div className="board-gap" />;
  const columns = chosenColumns(kind.columns, state.columns).filter(({ id }) => id !== field.name);
  const name = fieldText(field, key, names);
  return (
    <section
      className="board-column"
      aria-label={name}
      {...drag.column(key)}
    >
      <h2 className="board-head">
        {field.picklist === undefined ? (
          <bdi>{name}</bdi>
        ) : (
          <EntryChip picklist={field.picklist} value={key} />
        )}
        <span className="board-count muted">
          {view.state === "ready" ? formatCount(view.total, view.more) : ""}
        </span>
      </h2>
      <div className="board-cards">
        {cards.slice(0, shown).map((id) => (
          <div key={id}>
            {gap(id)}
            <BoardCard
              kind={kind}
              id={id}
              columns={columns}
              isFixed={field.readOnly === true || field.immutable === true}
              drag={drag}
              isOpen={id === open}
              onOpen={onOpen}
            />
          </div>
        ))}
        {gap(null)}
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
