import { exactTime, relativeTime } from "../core/format";

/** A moment as its distance from now, with the exact time on hover. */
export function Time({ at }: { at: string }) {
  if (at === "") return <span className="muted">–</span>;
  return (
    <time dateTime={at} title={exactTime(at)}>
      {relativeTime(at, new Date())}
    </time>
  );
}
