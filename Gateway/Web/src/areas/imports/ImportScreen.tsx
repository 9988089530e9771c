import { useState } from "react";
import type { ScreenProps } from "../../app/areas";
import { useTitle } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { duration, formatBytes } from "../../core/format";
import type { Import } from "../../core/types";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { FileDrop } from "./FileDrop";
import { unlikeness } from "./heldFiles";
import { ImportProgress } from "./ImportProgress";
import { ImportResult } from "./ImportResult";
import { ImportStateBadge } from "./ImportStateBadge";
import { RefusedRows } from "./RefusedRows";
import { type FollowedImport, useImport } from "./useImport";

/** One import: its progress while it runs, then what came of it. */
export default function ImportScreen({ parts }: ScreenProps) {
  const id = parts["id"] ?? "";
  const followed = useImport(id);
  const { value, error } = followed;
  const name = value?.file_name || "Lead file";
  useTitle(value === null ? "Import" : `Import of ${name}`);
  return (
    <div className="screen">
      <nav className="trail" aria-label="Breadcrumb">
        <Link to="/imports">Imports</Link>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{name}</span>
      </nav>
      {value !== null && (
        <header className="screen-head">
          <h1>{name}</h1>
          <ImportStateBadge state={value.state} />
          <span className="muted">{duration(value.start_time, value.end_time)}</span>
        </header>
      )}
      {error !== null && <Failure error={error} retry={followed.retry} />}
      {value !== null && <Stage followed={followed} value={value} />}
    </div>
  );
}

function Stage({ followed, value }: { followed: FollowedImport; value: Import }) {
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
          {value.refused !== "0" && <RefusedRows id={value.id} />}
        </>
      );
  }
}

/** An import whose file did not arrive in full: the same file, chosen again, goes on. */
function Resume({ followed, value }: { followed: FollowedImport; value: Import }) {
  const { permissions } = useWorkspace();
  const [reason, setReason] = useState("");
  const received = Number(value.received_bytes);
  if (!permissions.may("import.create")) {
    return <p className="form-note">This import waits for the rest of its file.</p>;
  }
  const choose = (file: File) => {
    const problem = unlikeness(value.id, value.file_name, received, file);
    setReason(problem);
    if (problem === "") followed.send(file);
  };
  return (
    <>
      <FileDrop
        label={`Choose ${value.file_name} again to go on`}
        hint={`${formatBytes(received)} have arrived. The page was left before the rest was sent.`}
        onFile={choose}
      />
      {reason !== "" && (
        <p className="form-error" role="alert">
          {reason}
        </p>
      )}
      <button type="button" className="button-quiet" onClick={followed.cancel}>
        Cancel import
      </button>
    </>
  );
}
