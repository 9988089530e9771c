import { Component, type ReactNode } from "react";
import { words } from "../words/problems";
import { Failure } from "./Failure";

interface Props {
  /** Renders what broke once more. */
  retry: () => void;
  /** The name of a part that is not a screen: "This form". */
  what?: string;
  /** Wraps the failure. */
  around?: (failure: ReactNode) => ReactNode;
  children: ReactNode;
}

/** Keeps the frame when a screen breaks, or when a part of it cannot be loaded. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    const { what = words.notShown.screen, around = (failure) => failure } = this.props;
    return around(
      <Failure
        title={words.notShown.title(what)}
        advice={words.notShown.advice}
        action={
          <span className="button-row">
            <button type="button" className="button button-main" onClick={this.props.retry}>
              {words.retry}
            </button>
            <button type="button" className="button" onClick={() => location.reload()}>
              {words.reload}
            </button>
          </span>
        }
      />,
    );
  }
}
