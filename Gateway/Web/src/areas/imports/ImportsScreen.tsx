import { useCallback, useRef } from "react";
import { useTitle } from "../../app/hooks";
import { usePages } from "../../app/usePages";
import { useWorkspace } from "../../app/workspace";
import { formatInt64 } from "../../core/format";
import { type FileImport, importObjects, type ImportService } from "../../core/fileImports";
import { MergedPages } from "../../core/mergedPages";
import type { Page } from "../../core/types";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { Person } from "../../parts/Person";
import { Skeleton } from "../../parts/Skeleton";
import { Time } from "../../parts/Time";
import { words } from "../../words/imports";
import { words as screens } from "../../words/importScreens";
import { importAddress, newImportAddress } from "./address";
import { ImportStateBadge } from "./ImportStateBadge";
import { importedKind, importedKinds } from "./kinds";
import { useFileImports } from "./useFileImports";

/** The imports of the past, newest first. */
export default function ImportsScreen() {
  const { permissions } = useWorkspace();
  const { rows, hasMore, error, more } = usePages(useMergedImports());
  const may = (service: ImportService) => permissions.may(`${importObjects[service]}.create`);
  const first = importedKinds.find(({ service }) => may(service));
  useTitle(screens.imports);
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{screens.imports}</h1>
        {first !== undefined && rows !== null && rows.length > 0 && (
          <Link className="button button-main screen-action" to={newImportAddress(first.kind.object)}>
            {screens.importFile}
          </Link>
        )}
      </header>
      {error !== null && <Failure error={error} retry={more} />}
      {rows === null && error === null && (
        <div aria-busy="true">
          <Skeleton lines={6} height="40px" />
        </div>
      )}
      {rows?.length === 0 && (
        <Empty
          icon="imports"
          title={words.none.title}
          reason={words.none.reason}
          action={
            first !== undefined && (
              <Link className="button button-main" to={newImportAddress(first.kind.object)}>
                {screens.importFile}
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

/** The imports of all services, as far as the member may see them. */
function useMergedImports(): (token: string) => Promise<Page<FileImport>> {
  const { permissions } = useWorkspace();
  const leads = useFileImports("leads");
  const records = useFileImports("records");
  const tasks = useFileImports("tasks");
  const seesLeads = permissions.may(`${importObjects.leads}.read`);
  const seesRecords = permissions.may(`${importObjects.records}.read`);
  const seesTasks = permissions.may(`${importObjects.tasks}.read`);
  const merged = useRef<MergedPages<FileImport> | null>(null);
  return useCallback(
    (token: string) => {
      const seen = [
        ...(seesLeads ? [leads] : []),
        ...(seesRecords ? [records] : []),
        ...(seesTasks ? [tasks] : []),
      ];
      const loads = seen.map((imports) => (page: string) => imports.list(page));
      if (token === "" || merged.current === null) merged.current = new MergedPages(loads, isNewer);
      return merged.current.more();
    },
    [leads, records, tasks, seesLeads, seesRecords, seesTasks],
  );
}

function isNewer(one: FileImport, other: FileImport): boolean {
  return Date.parse(one.create_time) > Date.parse(other.create_time);
}

function ImportTable({ imports }: { imports: FileImport[] }) {
  return (
    <div className="table-scroll" role="region" aria-label={words.table.name} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.table.file}</th>
            <th scope="col">{words.table.records}</th>
            <th scope="col">{words.table.state}</th>
            <th scope="col" className="number">{words.table.created}</th>
            <th scope="col" className="number">{words.table.duplicates}</th>
            <th scope="col" className="number">{words.table.updated}</th>
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

function ImportRow({ each }: { each: FileImport }) {
  const { names } = useWorkspace().directory;
  const creator = each.creator.startsWith("system:") ? words.table.operator : names.record(each.creator);
  return (
    <tr>
      <th scope="row">
        <Link to={importAddress(each)}>{each.file_name || words.unnamedFile}</Link>
      </th>
      <td data-label={words.table.records}>{words.records(importedKind(each.object).kind)}</td>
      <td data-label={words.table.state}>
        <ImportStateBadge state={each.state} />{" "}
        {each.validate_only && <span className="tag tag-plain">{words.dryRun}</span>}
      </td>
      <Figure of={each} label={words.table.created} count={each.created} />
      <Figure of={each} label={words.table.duplicates} count={each.duplicates} />
      <Figure of={each} label={words.table.updated} count={each.updated} />
      <Figure of={each} label={words.table.unchanged} count={each.unchanged} />
      <Figure of={each} label={words.table.refused} count={each.refused} />
      <td data-label={words.table.by}>
        <Person name={creator} />
      </td>
      <td data-label={words.table.when}>
        <Time at={each.create_time} />
      </td>
    </tr>
  );
}

/** How many rows were imported; in a dry run none. */
function Figure({ of, label, count }: { of: FileImport; label: string; count: string }) {
  if (of.validate_only) return <td />;
  return (
    <td className="number" data-label={label}>
      {formatInt64(count)}
    </td>
  );
}
