import { useState } from "react";
import type { ScreenProps } from "../../app/areas";
import { useTitle } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { type FileImport, importObjects, type ImportService } from "../../core/fileImports";
import { duration, formatBytes } from "../../core/format";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { Skeleton } from "../../parts/Skeleton";
import { words } from "../../words/imports";
import { words as screens } from "../../words/importScreens";
import { FileDrop } from "./FileDrop";
import { unlikeness } from "./heldFiles";
import { ImportProgress } from "./ImportProgress";
import { ImportResult } from "./ImportResult";
import { ImportStateBadge } from "./ImportStateBadge";
import { NextSteps } from "./NextSteps";
import { Remarks } from "./Remarks";
import { IncompleteRows, RefusedRows } from "./RowFaults";
import { type FollowedImport, useImport } from "./useImport";

/** An import of leads. */
export default function ImportScreen({ parts }: ScreenProps) {
  return <FollowedScreen service="leads" id={parts["id"] ?? ""} />;
}

/** An import of another kind of record, or its dry run. */
export function RecordImportScreen({ parts }: ScreenProps) {
  return <FollowedScreen service="records" id={parts["id"] ?? ""} />;
}

/** One import: its progress while it runs, then its result. */
function FollowedScreen({ service, id }: { service: ImportService; id: string }) {
  const followed = useImport(service, id);
  const { value, error } = followed;
  const name = value?.file_name || words.unnamedFile;
  useTitle(value === null ? screens.import : words.title(name));
  return (
    <div className="screen">
      <nav className="trail" aria-label={words.trail}>
        <Link to="/imports">{screens.imports}</Link>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{name}</span>
      </nav>
      {value !== null && (
        <header className="screen-head">
          <h1>{name}</h1>
          {value.validate_only && <span className="tag tag-plain">{words.dryRun}</span>}
          <span role="status">
            <ImportStateBadge state={value.state} />
          </span>
          <span className="muted">{duration(value.start_time, value.end_time)}</span>
        </header>
      )}
      {value === null && error === null && (
        <div aria-busy="true">
          <Skeleton lines={4} height="40px" />
        </div>
      )}
      {error !== null && <Failure error={error} retry={followed.retry} />}
      {value !== null && <Stage followed={followed} value={value} />}
    </div>
  );
}

function Stage({ followed, value }: { followed: FollowedImport; value: FileImport }) {
  switch (value.state) {
    case "IMPORT_STATE_RECEIVING":
      if (followed.sending === null) {
        return followed.error === null ? <Resume followed={followed} value={value} /> : null;
      }
      return <ImportProgress followed={followed} value={value} />;
    case "IMPORT_STATE_RUNNING":
      return <ImportProgress followed={followed} value={value} />;
    default:
      return (
        <>
          <ImportResult value={value} />
          <NextSteps value={value} />
          <Remarks value={value} />
          <RefusedRows value={value} />
          <IncompleteRows value={value} />
        </>
      );
  }
}

/** For an import whose file did not arrive completely: choosing the same file again continues it. */
function Resume({ followed, value }: { followed: FollowedImport; value: FileImport }) {
  const { permissions } = useWorkspace();
  const [reason, setReason] = useState("");
  const received = Number(value.received_bytes);
  if (!permissions.may(`${importObjects[value.service]}.create`)) {
    return <p className="form-note">{words.rest.waiting}</p>;
  }
  const choose = (file: File) => {
    const problem = unlikeness(value.id, value.file_name, received, file);
    setReason(problem);
    if (problem === "") followed.send(file);
  };
  return (
    <>
      <FileDrop
        label={words.rest.choose(value.file_name)}
        hint={received === 0 ? words.rest.nothing : words.rest.hint(formatBytes(received))}
        onFile={choose}
      />
      {reason !== "" && (
        <p className="form-error" role="alert">
          {reason}
        </p>
      )}
      <button type="button" className="button-quiet" onClick={followed.cancel}>
        {words.cancel}
      </button>
    </>
  );
}
