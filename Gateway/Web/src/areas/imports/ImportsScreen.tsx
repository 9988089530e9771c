import { useCallback } from "react";
import { useTitle } from "../../app/hooks";
import { usePages } from "../../app/usePages";
import { useWorkspace } from "../../app/workspace";
import { formatInt64 } from "../../core/format";
import { importAddress } from "./address";
import type { Import } from "../../core/types";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { Person } from "../../parts/Person";
import { Time } from "../../parts/Time";
import { ImportStateBadge } from "./ImportStateBadge";

/** The imports of the past, newest first. */
export default function ImportsScreen() {
  const { api, permissions } = useWorkspace();
  const load = useCallback((token: string) => api.imports(token), [api]);
  const { rows, hasMore, error, more } = usePages(load);
  const mayImport = permissions.may("import.create");
  useTitle("Imports");
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Imports</h1>
        {mayImport && rows !== null && rows.length > 0 && (
          <Link className="button button-main screen-action" to="/imports/new">
            Import leads
          </Link>
        )}
      </header>
      {error !== null && <Failure error={error} retry={more} />}
      {rows?.length === 0 && (
        <Empty
          icon="imports"
          title="Imports of lead files are kept here"
          reason="Nobody has imported a file yet."
          action={
            mayImport && (
              <Link className="button button-main" to="/imports/new">
                Import leads
              </Link>
            )
          }
        />
      )}
      {rows !== null && rows.length > 0 && <ImportTable imports={rows} />}
      {hasMore && error === null && (
        <button type="button" className="button" onClick={more}>
          Show more imports
        </button>
      )}
    </div>
  );
}

function ImportTable({ imports }: { imports: Import[] }) {
  return (
    <div className="table-scroll" role="region" aria-label="Table of imports" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">State</th>
            <th scope="col" className="number">Created</th>
            <th scope="col" className="number">Duplicates</th>
            <th scope="col" className="number">Unchanged</th>
            <th scope="col" className="number">Refused</th>
            <th scope="col">By</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {imports.map((each) => (
            <ImportRow key={each.id} each={each} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ImportRow({ each }: { each: Import }) {
  const { names } = useWorkspace().directory;
  const creator = each.creator.startsWith("system:") ? "Operator" : names.record(each.creator);
  return (
    <tr>
      <th scope="row">
        <Link to={importAddress(each.id)}>{each.file_name || "Lead file"}</Link>
      </th>
      <td data-label="State">
        <ImportStateBadge state={each.state} />
      </td>
      <td className="number" data-label="Created">{formatInt64(each.created)}</td>
      <td className="number" data-label="Duplicates">{formatInt64(each.duplicates)}</td>
      <td className="number" data-label="Unchanged">{formatInt64(each.unchanged)}</td>
      <td className="number" data-label="Refused">{formatInt64(each.refused)}</td>
      <td data-label="By">
        <Person name={creator} />
      </td>
      <td data-label="When">
        <Time at={each.create_time} />
      </td>
    </tr>
  );
}
