import { useCreating } from "../../app/creating";
import { useWorkspace } from "../../app/workspace";
import type { Rec } from "../../core/recordKind";
import { Icon } from "../../parts/Icon";
import { ReachActions } from "../../records/ReachActions";
import { words } from "../../words/deals";
import { asAccount } from "./account";

/** The next thing to do with an account: sell to it, or call. */
export function Actions({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const creating = useCreating();
  const { id, phone, archived } = asAccount(record);
  const sell = () =>
    creating.begin({
      label: words.create,
      needs: "deal.create",
      load: async () => {
        const { NewDeal } = await import("../deals/screens");
        const Form = ({ onClose }: { onClose: () => void }) => <NewDeal account={id} onClose={onClose} />;
        return { default: Form };
      },
    });
  return (
    <div className="next-actions">
      {!archived && permissions.may("deal.create") && (
        <button type="button" className="button button-main" onClick={sell}>
          <Icon name="plus" />
          {words.create}
        </button>
      )}
      {phone.startsWith("+") && (
        <ReachActions phone={phone} email="" calls mails={false} mailsFirst={false} />
      )}
    </div>
  );
}
