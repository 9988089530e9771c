import { useWorkspace } from "../../app/workspace";
import { formatInt64 } from "../../core/format";
import { importFailure } from "../../core/importFailure";
import { listAddress, noConditions } from "../../core/listState";
import type { Import, ImportRemark } from "../../core/types";
import { Link } from "../../parts/Link";
import { Section } from "../../parts/Section";
import { lead } from "../leads/lead";

/** What came of an import. */
export function ImportResult({ value }: { value: Import }) {
  const { session } = useWorkspace();
  const first = lead.firstList(session.member);
  const newest = { field: "create_time", falling: true };
  const allLeads = listAddress(lead, { ...first, conditions: noConditions, sort: newest }, first);
  return (
    <>
      {value.state === "IMPORT_STATE_FAILED" && (
        <p className="form-error" role="alert">
          {importFailure(value)}
        </p>
      )}
      {value.state === "IMPORT_STATE_CANCELLED" && (
        <p className="form-note">
          {value.created === "0"
            ? "It was cancelled before it created a lead."
            : "It was cancelled. The leads it had created stay; importing the file again goes on from there."}
        </p>
      )}
      <dl className="counts" aria-label="Result">
        <Count label="Created" count={value.created} note="new leads" />
        <Count label="Duplicates" count={value.duplicates} note="of these, linked to another lead" />
        <Count label="Unchanged" count={value.unchanged} note="imported before" />
        <Count label="Refused" count={value.refused} note="could not become a lead" />
      </dl>
      {value.blank !== "0" && (
        <p className="muted">
          {formatInt64(value.blank)} blank {value.blank === "1" ? "row was" : "rows were"} skipped.
        </p>
      )}
      {value.created !== "0" && (
        <p>
          <Link className="button" to={allLeads}>
            Show all leads
          </Link>
        </p>
      )}
      {value.remarks.length > 0 && (
        <Section title="Good to know">
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
      <span className="muted">
        ({formatInt64(remark.rows)} {remark.rows === "1" ? "row" : "rows"})
      </span>
    </li>
  );
}
