import { useMemo } from "react";
import { useWorkspace } from "../app/workspace";
import { boardKeys } from "../core/boardColumns";
import { all as allOf, isOneOf } from "../core/cel";
import { chosenColumns } from "../core/columnFit";
import type { Field } from "../core/fields";
import { fieldText } from "../core/fieldText";
import { type ListState, listSearch, withCondition } from "../core/listState";
import { RecordList } from "../core/recordList";
import type { RecordKind } from "../core/recordKind";
import { GivenUp, Refusal } from "../core/problem";
import { words as all } from "../words/listDialogs";
import type { BoardColumn, BoardSource } from "./boardSource";
import { EntryChip } from "./EntryChip";
import { useFace } from "./faces";
import { GridCell } from "./GridCell";
import { RecordBoard } from "./RecordBoard";
import type { BoardProps } from "./RecordListScreen";
import { useFieldSaving } from "./useFieldSaving";
import { useAsking, useListFields, useListNews } from "./useRecordList";

const words = all.board;

/** How many columns of the list a card shows. */
const onCard = 3;

/** The records of a list in columns by one field: moving a card changes that field. */
export default function FieldBoard({ kind, state, open, onOpen }: BoardProps) {
  return kind.board === null ? null : (
    <BoardOf kind={kind} field={kind.board} state={state} open={open} onOpen={onOpen} />
  );
}

function BoardOf({ kind, field, state, open, onOpen }: Omit<BoardProps, "change"> & { field: Field }) {
  const { names } = useWorkspace().directory;
  const save = useFieldSaving(kind);
  const face = useFace(kind);
  const columns = useColumns(kind, field, state);
  const onCards = chosenColumns(kind.columns, state.columns).filter(({ id }) => id !== field.name);
  const columnName = (key: string) => fieldText(field, key, names);
  const source: BoardSource = {
    kind,
    columns,
    step: 50,
    columnName,
    heading: (key) =>
      field.picklist === undefined ? (
        <bdi>{columnName(key)}</bdi>
      ) : (
        <EntryChip picklist={field.picklist} value={key} />
      ),
    isFixed: field.readOnly === true || field.immutable === true,
    card: (record) => {
      const [first, ...others] = onCards;
      return {
        name: first === undefined ? kind.title(record) : <GridCell kind={kind} column={first} record={record} />,
        facts: face.card?.(record) ?? (
          <div className="board-card-facts">
            {others.slice(0, onCard).map((column) => (
              <span key={column.id}>
                <GridCell kind={kind} column={column} record={record} />
              </span>
            ))}
          </div>
        ),
      };
    },
    move: async (record, to, _, from) => {
      if (from === to.key) return false;
      const outcome = await save(record.id, field, to.key, from);
      if (outcome.is === "refused") throw new (outcome.isGivenUp === true ? GivenUp : Refusal)(outcome.reason);
      if (outcome.is === "overtaken") throw new Refusal(words.overtaken);
      return true;
    },
  };
  return (
    <>
      {columns.map(({ key, list }) => (
        <ColumnNews key={key} kind={kind} field={field} list={list} state={state} />
      ))}
      <RecordBoard source={source} open={open} onOpen={onOpen} />
    </>
  );
}

/** Keeps a column current. */
function ColumnNews({ kind, field, list, state }: { kind: RecordKind; field: Field; list: RecordList; state: ListState }) {
  useListNews(kind, list, state, field.name);
  return null;
}

/** The columns; a condition on their field may leave only some. */
function useColumns(kind: RecordKind, field: Field, state: ListState): readonly BoardColumn[] {
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
