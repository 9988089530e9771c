import { useCallback, useEffect, useRef, useState } from "react";
import { useWorkspace } from "../app/workspace";
import { draftOf, valueOf, type Draft } from "../core/fieldDraft";
import type { Field } from "../core/fields";
import { fieldText } from "../core/fieldText";
import { explainInLine } from "../core/problem";
import type { Chosen } from "../core/recordApi";
import type { RecordKind } from "../core/recordKind";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Popover } from "../parts/Popover";
import { Progress } from "../parts/Progress";
import { words as all } from "../words/lists";
import { words as record } from "../words/editing";
import { FieldControl } from "./FieldControl";
import { useExport } from "./useExport";
import { progressOf, useOperation } from "./useOperation";
import type { ShownList } from "./useRecordList";
import type { Selecting } from "./useSelection";

const words = all.chosen;
const { saving } = record;

interface Props {
  kind: RecordKind;
  shown: ShownList;
  selecting: Selecting;
  /** The columns of the list; null for the default ones. */
  columns: readonly string[] | null;
}

/** From this many selected rows on, all matching ones are offered too: hardly anybody selects that many by hand. */
const fewest = 50;

/** What can be done with the selected records, all at once. */
export function BulkBar({ kind, shown, selecting, columns }: Props) {
  const { records, permissions, directory } = useWorkspace();
  const { operation, isStarting, run } = useOperation();
  const exporting = useExport(kind, columns);
  const bar = useNoticesAbove();
  const { selection } = selecting;
  const { view, search, list } = shown;
  const exact = useExactCount(kind, search.filter, view.more && selection.isAll, view.total);
  const count = selection.isAll ? exact : selection.ids.size;
  if (operation !== null || isStarting) {
    const isUndoing = operation?.state === "OPERATION_STATE_UNDOING";
    const { done, total } = operation === null ? { done: 0, total: count } : progressOf(operation);
    return (
      <div ref={bar} className="bulk" role="region" aria-label={words.name}>
        <Progress
          label={isUndoing ? words.undoing(kind) : words.changing(kind)}
          done={done}
          total={total}
        />
      </div>
    );
  }
  if (count === 0) return null;
  const chosen: Chosen = selection.isAll
    ? { filter: search.filter === "" ? "true" : search.filter }
    : { ids: [...selection.ids] };
  // More rows may have been loaded since all loaded ones were selected.
  const isWhole =
    selection.ids.size >= Math.min(fewest, list.known.length) &&
    list.known.slice(0, selection.ids.size).every((id) => selection.ids.has(id));
  const mayMatchAll = search.query === "";
  const mayChange = permissions.mayEditSome(kind) && !kind.lacks.has("batch");
  const change = (field: Field, value: unknown) => {
    const text = fieldText(field, value, directory.names);
    const what = text === "" ? saving.cleared(field.label) : saving.is(field.label, text);
    const start = () => records.updateMany(kind, chosen, { [field.name]: value });
    void run(kind, what, start, selecting.clear);
  };
  const remove = () => {
    const start = () => records.deleteMany(kind, chosen);
    void run(kind, all.operation.deleted, start, selecting.clear);
  };
  return (
    <div ref={bar} className="bulk" role="region" aria-label={words.name}>
      <strong role="status">{words.count(count, kind)}</strong>
      {!selection.isAll && isWhole && !list.isWhole && mayMatchAll && (
        <button type="button" className="button-quiet" onClick={selecting.allThatMatch}>
          {words.allThatMatch(view.total, view.more)}
        </button>
      )}
      {!selection.isAll && isWhole && !list.isWhole && !mayMatchAll && (
        <span className="muted">{words.notAllThatMatch}</span>
      )}
      {mayChange &&
        kind.shortcuts.map(({ label, field: name, value }) => {
          const field = kind.fields.get(name);
          return field === undefined ? null : (
            <button key={label} type="button" className="button-quiet" onClick={() => change(field, value)}>
              {label}
            </button>
          );
        })}
      {mayChange &&
        kind.bulk.map((field) => (
          <BulkField
            key={field.name}
            kind={kind}
            field={field}
            count={count}
            onTake={(value) => change(field, value)}
          />
        ))}
      {permissions.may(`${kind.object}.export`) && !kind.lacks.has("export") && (
        <button type="button" className="button-quiet" onClick={() => void exporting(chosen)}>
          <Icon name="imports" />
          {words.export}
        </button>
      )}
      {permissions.may(`${kind.object}.delete`) && !kind.lacks.has("batch") && (
        <button type="button" className="button-quiet bad" onClick={remove}>
          <Icon name="trash" />
          {words.delete(count, kind)}
        </button>
      )}
      <IconButton icon="close" label={words.none} onClick={selecting.clear} />
    </div>
  );
}

/** Keeps the notices above the bar, however many lines it has. */
function useNoticesAbove(): (bar: HTMLElement | null) => void {
  const observer = useRef<ResizeObserver | null>(null);
  return useCallback((bar: HTMLElement | null) => {
    const { style } = document.documentElement;
    observer.current?.disconnect();
    style.removeProperty("--bulk-room");
    if (bar === null) return;
    observer.current = new ResizeObserver(() => {
      const top = bar.getBoundingClientRect().top;
      style.setProperty("--bulk-room", `${Math.max(0, innerHeight - top)}px`);
    });
    observer.current.observe(bar);
  }, []);
}

/** How many match in all: requested only if the list did not count to the end. */
function useExactCount(kind: RecordKind, filter: string, isAsked: boolean, counted: number): number {
  const { records } = useWorkspace();
  const [exact, setExact] = useState<number | null>(null);
  useEffect(() => {
    setExact(null);
    if (!isAsked) return undefined;
    const abort = new AbortController();
    records.count(kind, filter, abort.signal).then(setExact, () => undefined);
    return () => abort.abort();
  }, [records, kind, filter, isAsked]);
  return exact ?? counted;
}

interface FieldProps {
  kind: RecordKind;
  field: Field;
  /** How many records get it. */
  count: number;
  onTake: (value: unknown) => void;
}

/** Gives one field of many records the same value. */
function BulkField({ kind, field, count, onTake }: FieldProps) {
  const { money } = useWorkspace().directory.names;
  const [draft, setDraft] = useState<Draft>(() => draftOf(field, null, money));
  const [error, setError] = useState("");
  const isOwner = field.references === "member";
  return (
    <Popover
      label={field.label}
      button={(toggle) => (
        <button type="button" className="button-quiet" {...toggle}>
          {isOwner ? words.assign : words.set(field.label)}
          <Icon name="down" />
        </button>
      )}
    >
      {(close) => (
        <form
          className="popover-form"
          onSubmit={(event) => {
            event.preventDefault();
            try {
              const value = valueOf(field, draft, money);
              close();
              onTake(value === "" ? null : value);
            } catch (refusal) {
              setError(explainInLine(refusal));
            }
          }}
        >
          <label htmlFor={`bulk-${field.name}`}>{field.label}</label>
          <FieldControl
            id={`bulk-${field.name}`}
            field={field}
            draft={draft}
            onChange={(next) => {
              setDraft(next);
              setError("");
            }}
          />
          {error !== "" && (
            <p className="field-error" role="alert">
              {error}
            </p>
          )}
          <button type="submit" className="button button-main">
            {isOwner ? words.assignTo(count, kind) : words.change(count, kind)}
          </button>
        </form>
      )}
    </Popover>
  );
}
