import type { Account } from "../../core/api.generated";
import { wordsOf } from "../../core/fields";

type Lifecycle = Exclude<Account["lifecycle"], "">;

const tints: Record<Lifecycle, string> = {
  prospect: "tint-blue",
  customer: "tint-green",
  churned: "tint-red",
  inactive: "tint-gray",
};

/** The lifecycle stage of an account, as tint and words. */
export function LifecycleBadge({ lifecycle }: { lifecycle: Lifecycle }) {
  return (
    <span className={`status-chip ${tints[lifecycle]}`}>
      <span className="status-dot" aria-hidden="true" />
      <span className="status-name">{wordsOf(lifecycle)}</span>
    </span>
  );
}
