import { type ReactNode, useContext, useEffect, useRef } from "react";
import { ApiError, explain } from "../core/problem";
import { words } from "../words/problems";
import { Icon } from "./Icon";
import { Link } from "./Link";
import { WayOutContext } from "./wayOut";

type Props =
  | { error: unknown; retry?: () => void }
  | {
      title: string;
      advice: string;
      action?: ReactNode;
      /** "h1" if it is the whole screen. */
      heading?: "h1" | "h2";
    };

/** What failed, what to do, and the button to do it. */
export function Failure(props: Props) {
  const { title, advice } = "error" in props ? explain(props.error) : props;
  const Heading = ("heading" in props && props.heading) || "h2";
  return (
    <div className="notice-block" role="alert">
      <span className="notice-block-icon bad">
        <Icon name="warning" size={20} />
      </span>
      <Heading>{title}</Heading>
      <p>{advice}</p>
      {"error" in props
        ? props.retry && <Next error={props.error} retry={props.retry} />
        : props.action}
    </div>
  );
}

/** Milliseconds before an error that may pass is tried again, plus as many at random. */
const pause = 5_000;

/** Tries again by itself what failed with an error that may pass. */
export function usePassing(error: unknown, retry: () => void): void {
  const again = useRef(retry);
  again.current = retry;
  useEffect(() => {
    if (!(error instanceof ApiError) || !error.isPassing) return undefined;
    const timer = setTimeout(() => again.current(), pause * (1 + Math.random()));
    return () => clearTimeout(timer);
  }, [error]);
}

/** Trying again, which happens by itself for an error that may pass; or a way elsewhere, if trying again is useless. */
function Next({ error, retry }: { error: unknown; retry: () => void }) {
  const wayOut = useContext(WayOutContext);
  usePassing(error, retry);
  const isFinal = error instanceof ApiError && (error.isMissing || error.isForbidden);
  if (isFinal && wayOut !== null) {
    return (
      <Link className="button" to={wayOut.address}>
        {words.back(wayOut.title)}
      </Link>
    );
  }
  return (
    <button type="button" className="button" onClick={retry}>
      {words.retry}
    </button>
  );
}
