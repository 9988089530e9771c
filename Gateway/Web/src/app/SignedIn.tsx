import type { Api } from "../core/api";
import type { Session } from "../core/types";
import { ErrorBoundary } from "../parts/ErrorBoundary";
import { Frame } from "./Frame";
import { Screens } from "./Screens";
import { WorkspaceProvider } from "./workspace";

interface Props {
  api: Api;
  session: Session;
  signOut: () => void;
}

/** What a signed-in member sees. It is loaded apart, so that the login has no more than it needs. */
export default function SignedIn({ api, session, signOut }: Props) {
  return (
    <WorkspaceProvider api={api} session={session} signOut={signOut}>
      <Frame>
        <ErrorBoundary>
          <Screens />
        </ErrorBoundary>
      </Frame>
    </WorkspaceProvider>
  );
}
