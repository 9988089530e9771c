import { Skeleton } from "./Skeleton";

/** Room for what is on its way, as so many lines of text; its shape is seen once that takes a while. */
export function Waiting({ lines }: { lines: number }) {
  return (
    <div className="waiting" aria-busy="true">
      <Skeleton lines={lines} />
    </div>
  );
}
