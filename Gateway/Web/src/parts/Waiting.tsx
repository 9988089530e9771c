import { Skeleton } from "./Skeleton";

/** Room for content that is loading, as so many lines of text; its shape appears if that takes a while. */
export function Waiting({ lines }: { lines: number }) {
  return (
    <div className="waiting" aria-busy="true">
      <Skeleton lines={lines} />
    </div>
  );
}
