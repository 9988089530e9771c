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
import { ReadyImport } from "./ReadyImport";
import { Remarks } from "./Remarks";
import { IncompleteRows, RefusedRows } from "./RowFaults";
import { RowRemarks } from "./RowRemarks";
import { UndoImport, UndoResult } from "./UndoImport";
import { type FollowedImport, useImport } from "./useImport";

/** An import of leads. */
export default function ImportScreen({ parts, search }: ScreenProps) {
  return <FollowedScreen service="leads" id={parts["id"] ?? ""} search={search} />;
}

/** An import of another kind of record. */
export function RecordImportScreen({ parts, search }: ScreenProps) {
  const isOfTasks = new URLSearchParams(search).get("of") === "task";
  return <FollowedScreen service={isOfTasks ? "tasks" : "records"} id={parts["id"] ?? ""} search={search} />;
}

interface Props {
  service: ImportService;
  id: string;
  search: string;
}

/** One import: how its file is read, its progress while it runs, then its result. */
function FollowedScreen({ service, id, search }: Props) {
  const followed = useImport(service, id);
  const { value, error } = followed;
  const name = value?.file_name || words.unnamedFile;
  // What then goes wrong is said beside the buttons.
  const isWaiting = value?.state === "IMPORT_STATE_READY";
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
      {error !== null && !isWaiting && <Failure error={error} retry={followed.retry} />}
      {value !== null && <Stage followed={followed} value={value} asked={new URLSearchParams(search)} />}
    </div>
  );
}

interface StageProps {
  followed: FollowedImport;
  value: FileImport;
  /** What else the address says. */
  asked: URLSearchParams;
}

function Stage({ followed, value, asked }: StageProps) {
  switch (value.state) {
    case "IMPORT_STATE_RECEIVING":
      if (followed.sending === null) {
        return followed.error === null ? <Resume followed={followed} value={value} /> : null;
      }
      return <ImportProgress followed={followed} value={value} />;
    case "IMPORT_STATE_SURVEYING":
    case "IMPORT_STATE_READY":
      // What was read before stays while the file is read again.
      if (followed.settings === null || value.reading === null) {
        return <ImportProgress followed={followed} value={value} />;
      }
      return (
        <ReadyImport
          followed={followed}
          value={value}
          reading={value.reading}
          settings={followed.settings}
          after={asked.get("after") ?? ""}
        />
      );
    case "IMPORT_STATE_RUNNING":
    case "IMPORT_STATE_PAUSED":
    case "IMPORT_STATE_UNDOING":
      return <ImportProgress followed={followed} value={value} />;
    default:
      return (
        <>
          <UndoResult value={value} />
          <ImportResult value={value} />
          <div className="import-begin">
            <NextSteps value={value} tries={asked.get("tries") ?? ""} />
            <UndoImport value={value} undo={() => followed.order("undo")} isAsked={followed.asked === "undo"} />
          </div>
          <Remarks value={value} />
          <RefusedRows value={value} />
          <IncompleteRows value={value} />
          <RowRemarks value={value} />
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
      <button type="button" className="button-quiet" onClick={() => followed.order("cancel")}>
        {words.cancel}
      </button>
    </>
  );
}
