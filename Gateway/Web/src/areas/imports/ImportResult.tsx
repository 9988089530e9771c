import { useWorkspace } from "../../app/workspace";
import type { FileImport } from "../../core/fileImports";
import { formatInt64 } from "../../core/format";
import { importFailure } from "../../core/importFailure";
import { madeBy } from "../../core/importedRecords";
import { listAddress } from "../../core/listState";
import type { RecordKind } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { words as all } from "../../words/imports";
import { importedKind } from "./kinds";

const words = all.result;

/** The result of an import, or what it would be. */
export function ImportResult({ value }: { value: FileImport }) {
  const { kind } = importedKind(value.object);
  const { rows, blank, reading } = value;
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
      {rows !== "0" && (
        <p className="muted">
          {words.rowCount(rows)} {blank !== "0" && words.blank(blank)}
        </p>
      )}
      <Made value={value} kind={kind} />
      {reading !== null && reading.remarks.length > 0 && (
        <details className="remarks">
          <summary>{words.readAs}</summary>
          <ul>
            <li>{reading.format}</li>
            {reading.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** The way to just those records that it made, and to the duplicates among them. */
function Made({ value, kind }: { value: FileImport; kind: RecordKind }) {
  const { session } = useWorkspace();
  if (value.validate_only || value.created === "0" || value.state === "IMPORT_STATE_UNDONE") return null;
  const first = kind.firstList(session.member);
  const made = madeBy(kind, value.id, first);
  const duplicates = value.duplicates === "0" ? null : madeBy(kind, value.id, first, "duplicates");
  return (
    <p className="import-begin">
      {made !== null && (
        <Link className="button" to={listAddress(kind, made, first)}>
          {words.made(value.created, kind)}
        </Link>
      )}
      {duplicates !== null && (
        <Link className="button" to={listAddress(kind, duplicates, first)}>
          {words.duplicatesMade(value.duplicates)}
        </Link>
      )}
    </p>
  );
}

function cancelled({ validate_only, created }: FileImport, kind: RecordKind): string {
  if (validate_only) return words.cancelledDry;
  return created === "0" ? words.cancelledEmpty(kind) : words.cancelled(kind);
}

function Counts({ value, kind }: { value: FileImport; kind: RecordKind }) {
  const { created, duplicates, updated, unchanged, restored, refused, incomplete, validate_only: isDry } = value;
  const { table } = all;
  return (
    <dl className="counts" aria-label={words.name}>
      <Count label={isDry ? words.dry.created : table.created} count={created} note={words.created(kind)} />
      <Count
        label={table.duplicates}
        count={duplicates}
        note={isDry ? words.dry.duplicates(kind) : words.duplicates(kind)}
      />
      <Count
        label={isDry ? words.dry.updated : table.updated}
        count={updated}
        note={isDry ? words.dry.updatedNote : words.updated}
      />
      <Count label={table.unchanged} count={unchanged} note={words.unchanged} />
      {restored !== "0" && (
        <Count
          label={isDry ? words.dry.restored : words.restored}
          count={restored}
          note={isDry ? words.dry.restoredNote : words.restoredNote}
        />
      )}
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

interface CountProps {
  label: string;
  count: string;
  note: string;
}

export function Count({ label, count, note }: CountProps) {
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
