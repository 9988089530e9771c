import type { ReactNode } from "react";

/** A part with its name, in its states. */
export function Shown({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="shown" aria-label={title}>
      <h2>{title}</h2>
      <div className="shown-states">{children}</div>
    </section>
  );
}

interface StateProps {
  name: string;
  /** Whether it needs the whole width of the page. */
  isWhole?: boolean;
  children: ReactNode;
}

/** One state of a part, with its name under it. */
export function State({ name, isWhole = false, children }: StateProps) {
  return (
    <div className={`shown-state ${isWhole ? "shown-whole" : ""}`}>
      {children}
      <p className="muted">{name}</p>
    </div>
  );
}

export const longName =
  "Wolfeschlegelsteinhausenbergerdorff Donaudampfschifffahrtsgesellschaftskapitän";
export const arabicName = "عبد الرحمن بن محمد الأنصاري";
/** A right-to-left override that would reverse everything after it. */
export const turningName = "Mallory \u202egnp.exe";
