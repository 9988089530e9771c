import type { CSSProperties } from "react";
import { formatNumber } from "../core/format";

interface Props {
  /** What is running: "Assigning leads". */
  label: string;
  done: number;
  /** Null while it is not known. */
  total: number | null;
  failed?: boolean;
}

/** The progress of something, as a bar and in numbers. */
export function Progress({ label, done, total, failed = false }: Props) {
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  const style = share === null ? undefined : ({ "--share": share } as CSSProperties);
  const numbers = total === null ? formatNumber(done) : `${formatNumber(done)} / ${formatNumber(total)}`;
  return (
    <div className={`progress ${failed ? "progress-failed" : ""}`}>
      <div className="progress-words">
        <span>{label}</span>
        <span className="muted">{numbers}</span>
      </div>
      <div
        className={`progress-bar ${share === null ? "progress-unknown" : ""}`}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total === null ? undefined : done}
        aria-valuetext={numbers}
      >
        <span style={style} />
      </div>
    </div>
  );
}
