import { createContext, type ReactNode, useContext, useId } from "react";

/** The level of sections' headings: 2 on a page of its own, 3 in a panel. */
export const SectionLevel = createContext<2 | 3>(2);

/** A titled card. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  const Heading = useContext(SectionLevel) === 2 ? "h2" : "h3";
  return (
    <section className="card" aria-labelledby={id}>
      <Heading id={id} className="card-title">
        {title}
      </Heading>
      {children}
    </section>
  );
}
