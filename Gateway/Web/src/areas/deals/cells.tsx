import { useWorkspace } from "../../app/workspace";
import type { Deal } from "../../core/api.generated";
import type { Rec } from "../../core/recordKind";
import { words } from "../../words/deals";

/** A deal's name, with its account below. */
export function NameAndAccount({ record }: { record: Rec }) {
  const { name, account_id } = record as unknown as Deal;
  return (
    <span className="two-lines">
      <bdi className="two-lines-first">{name}</bdi>
      <span className="two-lines-second muted">
        <AccountName id={account_id} />
      </span>
    </span>
  );
}

/** The name of a deal's account, or a text that it has none. */
export function AccountName({ id }: { id: string }) {
  const { names } = useWorkspace().directory;
  return id === "" ? <>{words.noAccount}</> : <bdi>{names.record(id)}</bdi>;
}
