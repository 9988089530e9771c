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
import { words } from "../../words/imports";
import { words as screens } from "../../words/importScreens";
import { ImportStateBadge } from "./ImportStateBadge";

/** The imports of the past, newest first. */
export default function ImportsScreen() {
  const { api, permissions } = useWorkspace();
  const load = useCallback((token: string) => api.imports(token), [api]);
  const { rows, hasMore, error, more } = usePages(load);
  const mayImport = permissions.may("import.create");
  useTitle(screens.imports);
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{screens.imports}</h1>
        {mayImport && rows !== null && rows.length > 0 && (
          <Link className="button button-main screen-action" to="/imports/new">
            {screens.importLeads}
          </Link>
        )}
      </header>
      {error !== null && <Failure error={error} retry={more} />}
      {rows?.length === 0 && (
        <Empty
          icon="imports"
          title={words.none.title}
          reason={words.none.reason}
          action={
            mayImport && (
              <Link className="button button-main" to="/imports/new">
                {screens.importLeads}
              </Link>
            )
          }
        />
      )}
      {rows !== null && rows.length > 0 && <ImportTable imports={rows} />}
      {hasMore && error === null && (
        <button type="button" className="button" onClick={more}>
          {words.more}
        </button>
      )}
    </div>
  );
}

function ImportTable({ imports }: { imports: Import[] }) {
  return (
    <div className="table-scroll" role="region" aria-label={words.table.name} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.table.file}</th>
            <th scope="col">{words.table.state}</th>
            <th scope="col" className="number">{words.table.created}</th>
            <th scope="col" className="number">{words.table.duplicates}</th>
            <th scope="col" className="number">{words.table.unchanged}</th>
            <th scope="col" className="number">{words.table.refused}</th>
            <th scope="col">{words.table.by}</th>
            <th scope="col">{words.table.when}</th>
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
  const creator = each.creator.startsWith("system:") ? words.table.operator : names.record(each.creator);
  return (
    <tr>
      <th scope="row">
        <Link to={importAddress(each.id)}>{each.file_name || words.unnamedFile}</Link>
      </th>
      <td data-label={words.table.state}>
        <ImportStateBadge state={each.state} />
      </td>
      <td className="number" data-label={words.table.created}>{formatInt64(each.created)}</td>
      <td className="number" data-label={words.table.duplicates}>{formatInt64(each.duplicates)}</td>
      <td className="number" data-label={words.table.unchanged}>{formatInt64(each.unchanged)}</td>
      <td className="number" data-label={words.table.refused}>{formatInt64(each.refused)}</td>
      <td data-label={words.table.by}>
        <Person name={creator} />
      </td>
      <td data-label={words.table.when}>
        <Time at={each.create_time} />
      </td>
    </tr>
  );
}
