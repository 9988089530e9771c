import type { CSSProperties } from "react";

interface Props {
  /** How many lines of text will be here. */
  lines?: number;
  /** The height of the content, if it is not text: a CSS length. */
  height?: string;
  width?: string;
}

/** The shape of content that is loading; the element around it has `aria-busy`. */
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
