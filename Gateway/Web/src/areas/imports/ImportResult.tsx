import { useWorkspace } from "../../app/workspace";
import type { FileImport } from "../../core/fileImports";
import { formatInt64 } from "../../core/format";
import { importFailure } from "../../core/importFailure";
import { listAddress, noConditions } from "../../core/listState";
import type { RecordKind } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { words as all } from "../../words/imports";
import { importedKind } from "./kinds";

const words = all.result;

/** The result of an import, or what it would be. */
export function ImportResult({ value }: { value: FileImport }) {
  const { session } = useWorkspace();
  const { kind } = importedKind(value.object);
  const first = kind.firstList(session.member);
  const newest = { field: "create_time", falling: true };
  const newestFirst = { ...first, conditions: noConditions, sort: newest, as: "table" as const };
  const isMade = !value.validate_only && value.created !== "0";
  return (
    <>
      {value.state === "IMPORT_STATE_FAILED" && (
        <p className="form-error" role="alert">
          {importFailure(value, kind)}
        </p>
      )}
      {value.state === "IMPORT_STATE_CANCELLED" && <p className="form-note">{cancelled(value, kind)}</p>}
      {value.validate_only && value.state === "IMPORT_STATE_SUCCEEDED" && (
        <p className="form-note">{words.dry.what(kind)}</p>
      )}
      <Counts value={value} kind={kind} />
      {value.blank !== "0" && <p className="muted">{words.blank(value.blank)}</p>}
      {isMade && (
        <p>
          <Link className="button" to={listAddress(kind, newestFirst, first)}>
            {words.all(kind)}
          </Link>
        </p>
      )}
    </>
  );
}

function cancelled({ validate_only, created }: FileImport, kind: RecordKind): string {
  if (validate_only) return words.cancelledDry;
  return created === "0" ? words.cancelledEmpty(kind) : words.cancelled(kind);
}

function Counts({ value, kind }: { value: FileImport; kind: RecordKind }) {
  const { created, duplicates, unchanged, refused, incomplete, validate_only: isDry } = value;
  const { table } = all;
  return (
    <dl className="counts" aria-label={words.name}>
      <Count label={isDry ? words.dry.created : table.created} count={created} note={words.created(kind)} />
      <Count
        label={table.duplicates}
        count={duplicates}
        note={isDry ? words.dry.duplicates(kind) : words.duplicates(kind)}
      />
      <Count label={table.unchanged} count={unchanged} note={words.unchanged} />
      <Count
        label={isDry ? words.dry.refused : table.refused}
        count={refused}
        note={isDry ? words.dry.refusedNote(kind) : words.refused(kind)}
      />
      {incomplete !== "0" && (
        <Count
          label={isDry ? words.dry.incomplete : words.incomplete}
          count={incomplete}
          note={words.incompleteNote}
        />
      )}
    </dl>
  );
}

function Count({ label, count, note }: { label: string; count: string; note: string }) {
  return (
    <div className="count">
      <dt>{label}</dt>
      <dd>
        <strong>{formatInt64(count)}</strong>
        <span className="muted">{note}</span>
      </dd>
    </div>
  );
}
