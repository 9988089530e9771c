import type { ReactNode } from "react";
import { ApiError, explain } from "../core/problem";
import { Icon } from "./Icon";
import { Link } from "./Link";

type Props =
  | { error: unknown; retry?: () => void }
  | {
      title: string;
      advice: string;
      action?: ReactNode;
      /** "h1" where it is the whole screen. */
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
        ? props.retry && <WayOut error={props.error} retry={props.retry} />
        : props.action}
    </div>
  );
}

/** Trying again, or where that gives the same answer, a way back. */
function WayOut({ error, retry }: { error: unknown; retry: () => void }) {
  if (error instanceof ApiError && (error.isMissing || error.isForbidden)) return <BackToLeads />;
  return (
    <button type="button" className="button" onClick={retry}>
      Try again
    </button>
  );
}

export function BackToLeads() {
  return (
    <Link className="button" to="/leads">
      Back to leads
    </Link>
  );
}
