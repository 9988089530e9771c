import { exactTime, relativeTime } from "../core/format";
import { Tooltip } from "./Tooltip";

/** A moment as its distance from now, with the exact time on hover. */
export function Time({ at }: { at: string }) {
  if (at === "") return <span className="muted">–</span>;
  return (
    <Tooltip text={exactTime(at)}>
      <time dateTime={at}>{relativeTime(at, new Date())}</time>
    </Tooltip>
  );
}
