import { useWorkspace } from "../../app/workspace";
import { formatDate, formatMoney } from "../../core/format";
import type { Rec } from "../../core/recordKind";
import { Icon } from "../../parts/Icon";
import { Person } from "../../parts/Person";
import { useClock } from "../../parts/useClock";
import { words as all } from "../../words/dealScreens";
import { AccountName } from "./cells";
import { asDeal, isClosed } from "./deal";
import { warningOf } from "./warning";

const words = all.board;

/** What a card shows besides the deal's name: account, amount, close date, owner, and one warning. */
export function DealFacts({ record }: { record: Rec }) {
  const { names } = useWorkspace().directory;
  const of = asDeal(record);
  const warning = useClock((now) => warningOf(of, now));
  const owner = names.record(of.owner_id);
  const isOver = isClosed(record);
  const date = isOver ? of.close_date : of.expected_close_date;
  return (
    <div className="deal-facts">
      <span className="deal-facts-account muted">
        <AccountName id={of.account_id} />
      </span>
      <span className="deal-facts-line">
        <strong className="deal-facts-amount">
          {of.amount === null ? <span className="muted">{words.noAmount}</span> : formatMoney(of.amount, names.money)}
        </strong>
        <span className="muted">
          <span className="unseen">{isOver ? words.closedDate : words.closeDate} </span>
          {date === "" ? words.noDate : formatDate(date)}
        </span>
      </span>
      <span className="deal-facts-line">
        {owner === "" ? <span /> : <Person name={owner} />}
        {warning !== "" && (
          <span className="deal-warning">
            <Icon name="warning" />
            {warning}
          </span>
        )}
      </span>
    </div>
  );
}
