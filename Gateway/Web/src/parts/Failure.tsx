import type { ReactNode } from "react";
import { explain } from "../core/problem";
import { Icon } from "./Icon";

type Props =
  | { error: unknown; retry?: () => void }
  | { title: string; advice: string; action?: ReactNode };

/** What failed, what to do, and the button to do it. */
export function Failure(props: Props) {
  const { title, advice } = "error" in props ? explain(props.error) : props;
  return (
    <div className="notice-block" role="alert">
      <span className="notice-block-icon bad">
        <Icon name="warning" size={20} />
      </span>
      <h2>{title}</h2>
      <p>{advice}</p>
      {"error" in props
        ? props.retry && (
            <button type="button" className="button" onClick={props.retry}>
              Try again
            </button>
          )
        : props.action}
    </div>
  );
}
