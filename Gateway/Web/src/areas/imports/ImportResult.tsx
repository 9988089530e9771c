import { useWorkspace } from "../../app/workspace";
import { formatInt64 } from "../../core/format";
import { importFailure } from "../../core/importFailure";
import { listAddress, noConditions } from "../../core/listState";
import type { Import, ImportRemark } from "../../core/types";
import { Link } from "../../parts/Link";
import { Section } from "../../parts/Section";
import { words } from "../../words/imports";
import { lead } from "../leads/lead";

/** What came of an import. */
export function ImportResult({ value }: { value: Import }) {
  const { session } = useWorkspace();
  const first = lead.firstList(session.member);
  const newest = { field: "create_time", falling: true };
  const everything = listAddress(lead, { ...first, conditions: noConditions, sort: newest }, first);
  return (
    <>
      {value.state === "IMPORT_STATE_FAILED" && (
        <p className="form-error" role="alert">
          {importFailure(value)}
        </p>
      )}
      {value.state === "IMPORT_STATE_CANCELLED" && (
        <p className="form-note">
          {value.created === "0" ? words.result.cancelledEmpty : words.result.cancelled}
        </p>
      )}
      <dl className="counts" aria-label={words.result.name}>
        <Count label={words.table.created} count={value.created} note={words.result.created} />
        <Count label={words.table.duplicates} count={value.duplicates} note={words.result.duplicates} />
        <Count label={words.table.unchanged} count={value.unchanged} note={words.result.unchanged} />
        <Count label={words.table.refused} count={value.refused} note={words.result.refused} />
      </dl>
      {value.blank !== "0" && <p className="muted">{words.result.blank(value.blank)}</p>}
      {value.created !== "0" && (
        <p>
          <Link className="button" to={everything}>
            {words.result.all}
          </Link>
        </p>
      )}
      {value.remarks.length > 0 && (
        <Section title={words.result.remarks}>
          <ul className="remarks">
            {value.remarks.map((remark) => (
              <Remark key={`${remark.field} ${remark.value}`} remark={remark} />
            ))}
          </ul>
        </Section>
      )}
    </>
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

function Remark({ remark }: { remark: ImportRemark }) {
  const label = lead.fields.get(remark.field)?.label;
  return (
    <li>
      {label} {remark.value !== "" && `“${remark.value}”`} {remark.text}{" "}
      <span className="muted">{words.result.rows(remark.rows)}</span>
    </li>
  );
}
