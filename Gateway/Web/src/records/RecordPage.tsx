import { useCallback } from "react";
import type { ScreenProps } from "../app/areas";
import { useTitle } from "../app/hooks";
import { useWorkspace } from "../app/workspace";
import { navigate } from "../core/navigation";
import { recordAddress, type RecordKind } from "../core/recordKind";
import { Failure } from "../parts/Failure";
import { Link } from "../parts/Link";
import { words } from "../words/records";
import { NeedsProvider } from "./needs";
import { RecordSkeleton } from "./RecordSkeleton";
import { RecordView } from "./RecordView";
import { useNextKeys } from "./useNextKeys";
import { useRecord } from "./useRecord";

/** A record on a page of its own. */
export function RecordPage({ kind, parts }: ScreenProps & { kind: RecordKind }) {
  const id = parts["id"] ?? "";
  const { lists } = useWorkspace();
  const { record, error, isGone, reload } = useRecord(kind, id);
  const name = record === null ? words.name(kind) : kind.title(record);
  const back = lists.lastAddress(kind);
  useTitle(name);
  const open = useCallback(
    (next: string) => navigate(recordAddress(kind, next), { replace: true }),
    [kind],
  );
  useNextKeys(lists.last(kind), id, open);
  return (
    <NeedsProvider>
      <div className="screen record-page">
        <nav className="trail" aria-label={words.trail}>
          <Link to={back}>{words.list(kind)}</Link>
          <span aria-hidden="true">/</span>
          <bdi aria-current="page">{name}</bdi>
        </nav>
        {record !== null ? (
          <RecordView
            kind={kind}
            record={record}
            heading="h1"
            isGone={isGone}
            onDeleted={() => navigate(back)}
          />
        ) : error !== null ? (
          <Failure error={error} retry={reload} />
        ) : (
          <RecordSkeleton kind={kind} />
        )}
      </div>
    </NeedsProvider>
  );
}
