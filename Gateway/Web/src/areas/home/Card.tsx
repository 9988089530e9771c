import type { CSSProperties, ReactNode } from "react";
import type { Loaded } from "../../app/hooks";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { Section } from "../../parts/Section";
import { useLate } from "../../parts/useLate";
import { Waiting } from "../../parts/Waiting";
import { words } from "../../words/homeScreen";

interface Props<T> {
  title: string;
  /** How many rows it has at most: it has room for them from the beginning, so that nothing jumps when they come. */
  rows: number;
  /** Whether its rows have two lines: never by default. */
  isTall?: "onPhone" | "always";
  loaded: Pick<Loaded<T>, "value" | "error" | "reload">;
  /** What is said if there is nothing to show; "" if there is. */
  none: (value: T) => string;
  /** Where all of it is. */
  more?: { title: string; address: string };
  children: (value: T) => ReactNode;
}

/** A part of Home that loads by itself, and fails by itself. */
export function Card<T>({ title, rows, isTall, loaded, none, more, children }: Props<T>) {
  const { value, error, reload } = loaded;
  const nothing = value === null ? "" : none(value);
  return (
    <Section title={title}>
      <div className={`home-body ${isTall === undefined ? "" : "home-tall"} ${isTall === "always" ? "home-two" : ""}`} style={{ "--rows": rows } as CSSProperties}>
        {error !== null && <Failure error={error} retry={reload} />}
        {error === null && value === null && <Awaited rows={rows} />}
        {error === null && value !== null && (nothing === "" ? children(value) : <p className="muted">{nothing}</p>)}
      </div>
      {more !== undefined && (
        <Link className="card-more" to={more.address}>
          {more.title}
        </Link>
      )}
    </Section>
  );
}

/** The shape of what comes; if it takes long, that it does. */
function Awaited({ rows }: { rows: number }) {
  const isLate = useLate(true);
  return (
    <>
      <p className="muted" role="status">
        {isLate && words.late}
      </p>
      <Waiting lines={rows} />
    </>
  );
}
