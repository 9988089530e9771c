import { formatDate } from "../../core/format";
import type { Rec } from "../../core/recordKind";
import { Icon } from "../../parts/Icon";
import { useClock } from "../../parts/useClock";
import { asDeal } from "./deal";
import { warningOf } from "./warning";

/** When a deal is expected to be closed, in a list; marked once the day has passed, as on the board. */
export function CloseDate({ record }: { record: Rec }) {
  const { status, expected_close_date } = asDeal(record);
  const overdue = useClock((now) => warningOf({ status, expected_close_date, rot_time: "" }, now));
  const date = formatDate(expected_close_date);
  if (overdue === "") return <bdi>{date}</bdi>;
  return (
    <span className="deal-date-passed" title={overdue}>
      <Icon name="warning" />
      <bdi>{date}</bdi>
      <span className="unseen">{overdue}</span>
    </span>
  );
}
