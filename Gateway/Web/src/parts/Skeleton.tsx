import type { CSSProperties } from "react";

interface Props {
  /** How many lines of text come here. */
  lines?: number;
  /** The height of what comes, where it is no text: a CSS length. */
  height?: string;
  width?: string;
}

/** The shape of what is on its way; what holds it says `aria-busy`. */
export function Skeleton({ lines = 1, height, width }: Props) {
  const style = { height, width } as CSSProperties;
  return (
    <span className="skeleton-lines" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="bone" style={style} />
      ))}
    </span>
  );
}
