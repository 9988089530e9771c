import { useEffect, useState } from "react";
import { useWorkspace } from "../app/workspace";
import { draftOf, valueOf, type Draft } from "../core/fieldDraft";
import type { Field } from "../core/fields";
import { fieldText } from "../core/fieldText";
import { formatNumber } from "../core/format";
import { explainInLine } from "../core/problem";
import type { Chosen } from "../core/recordApi";
import type { RecordKind } from "../core/recordKind";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Popover } from "../parts/Popover";
import { Progress } from "../parts/Progress";
import { FieldControl } from "./FieldControl";
import { useExport } from "./useExport";
import { progressOf, useOperation } from "./useOperation";
import type { ShownList } from "./useRecordList";
import type { Selecting } from "./useSelection";

interface Props {
  kind: RecordKind;
  shown: ShownList;
  selecting: Selecting;
}

/** So many, from the first on, are chosen by hand by hardly anybody: who did may want all that match. */
const fewest = 50;

/** What can be done to the records that are chosen, all of them at once. */
export function BulkBar({ kind, shown, selecting }: Props) {
  const { records, permissions, directory } = useWorkspace();
  const { operation, run } = useOperation(kind);
  const exporting = useExport(kind);
  const { selection } = selecting;
  const { view, search, list } = shown;
  const all = useExactCount(kind, search.filter, view.more && selection.isAll, view.total);
  const count = selection.isAll ? all : selection.ids.size;
  if (operation !== null) {
    const isUndoing = operation.state === "OPERATION_STATE_UNDOING";
    const { done, total } = progressOf(operation);
    return (
      <div className="bulk" role="region" aria-label="Chosen">
        <Progress
          label={isUndoing ? `Undoing ${kind.many}` : `Changing ${kind.many}`}
          done={done}
          total={total}
        />
      </div>
    );
  }
  if (count === 0) return null;
  const words = `${formatNumber(count)} ${count === 1 ? kind.one : kind.many}`;
  const chosen: Chosen = selection.isAll
    ? { filter: search.filter === "" ? "true" : search.filter }
    : { ids: [...selection.ids] };
  // More rows may have come in since all that were there were chosen.
  const isWhole =
    selection.ids.size >= Math.min(fewest, list.known.length) &&
    list.known.slice(0, selection.ids.size).every((id) => selection.ids.has(id));
  const mayMatchAll = search.query === "";
  const change = (field: Field, value: unknown) => {
    const text = fieldText(field, value, directory.names) || "empty";
    void run(`${field.label} is ${text}`, () => records.updateMany(kind, chosen, { [field.name]: value }));
    selecting.clear();
  };
  const remove = () => {
    void run("Deleted", () => records.deleteMany(kind, chosen));
    selecting.clear();
  };
  return (
    <div className="bulk" role="region" aria-label="Chosen">
      <strong role="status">{words} chosen</strong>
      {!selection.isAll && isWhole && !list.isWhole && mayMatchAll && (
        <button type="button" className="button-quiet" onClick={selecting.allThatMatch}>
          Choose all {view.more ? `${formatNumber(view.total)} and more` : formatNumber(view.total)} that
          match
        </button>
      )}
      {permissions.mayEditSome(kind) &&
        kind.bulk.map((field) => (
          <BulkField key={field.name} field={field} words={words} onTake={(value) => change(field, value)} />
        ))}
      {permissions.may(`${kind.object}.export`) && (
        <button type="button" className="button-quiet" onClick={() => void exporting(chosen)}>
          <Icon name="imports" />
          Export
        </button>
      )}
      {permissions.may(`${kind.object}.delete`) && (
        <button type="button" className="button-quiet bad" onClick={remove}>
          <Icon name="trash" />
          Delete {words}
        </button>
      )}
      <IconButton icon="close" label="Choose none" onClick={selecting.clear} />
    </div>
  );
}

/** How many match in all: asked for only where the list did not count to the end. */
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
  field: Field;
  words: string;
  onTake: (value: unknown) => void;
}

/** Gives one field of many records the same value. */
function BulkField({ field, words, onTake }: FieldProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(field, null));
  const [error, setError] = useState("");
  return (
    <Popover
      label={field.label}
      button={(toggle) => (
        <button type="button" className="button-quiet" {...toggle}>
          {field.references === "member" ? "Assign" : `Set ${field.label.toLowerCase()}`}
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
              const value = valueOf(field, draft);
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
            {field.references === "member" ? `Assign ${words}` : `Change ${words}`}
          </button>
        </form>
      )}
    </Popover>
  );
}
