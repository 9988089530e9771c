import { exactTime, relativeTime } from "../core/format";
import { Tooltip } from "./Tooltip";
import { useClock } from "./useClock";

/** A time relative to now, with the exact time on hover. */
export function Time({ at }: { at: string }) {
  const distance = useClock((now) => relativeTime(at, now));
  if (at === "") return <span className="muted">–</span>;
  return (
    <Tooltip text={exactTime(at)}>
      <time dateTime={at}>{distance}</time>
    </Tooltip>
  );
}
