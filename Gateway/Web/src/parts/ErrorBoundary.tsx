import { Component, type ReactNode } from "react";
import { Failure } from "./Failure";

interface Props {
  /** Shows what broke once more. */
  retry: () => void;
  /** What it is called where it is no screen: "This form". */
  what?: string;
  /** What surrounds the failure. */
  around?: (failure: ReactNode) => ReactNode;
  children: ReactNode;
}

/** Keeps the frame when a screen breaks, or when a part of it could not be loaded. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    const { what = "This screen", around = (failure) => failure } = this.props;
    return around(
      <Failure
        title={`${what} could not be shown`}
        advice="A part of it did not arrive, or it broke. What you typed is kept."
        action={
          <span className="button-row">
            <button type="button" className="button button-main" onClick={this.props.retry}>
              Try again
            </button>
            <button type="button" className="button" onClick={() => location.reload()}>
              Load the page again
            </button>
          </span>
        }
      />,
    );
  }
}
