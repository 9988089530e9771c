import { Component, type ReactNode } from "react";
import { Failure } from "./Failure";

/** Keeps the frame when a screen breaks, or when a part of it could not be loaded. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Failure
        title="This screen could not be shown"
        advice="Leadmesh may have been updated since the page was loaded."
        action={
          <button type="button" className="button" onClick={() => location.reload()}>
            Load the page again
          </button>
        }
      />
    );
  }
}
