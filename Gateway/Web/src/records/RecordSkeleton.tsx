import type { RecordKind } from "../core/recordKind";
import { words } from "../words/records";

/** The shape of a record while it is loading. */
export function RecordSkeleton({ kind }: { kind: RecordKind }) {
  return (
    <div className="skeleton" role="status" aria-label={words.loading(kind)}>
      <div className="skeleton-title" />
      <div className="skeleton-line" />
      <div className="skeleton-block" />
      <div className="skeleton-block" />
    </div>
  );
}
