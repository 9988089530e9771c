import type { Api } from "../core/api";
import type { Session } from "../core/types";
import { CreatingProvider } from "./creating";
import { Frame } from "./Frame";
import { Screens } from "./Screens";
import { WorkspaceProvider } from "./workspace";

export { prefetchScreen } from "./prefetch";

interface Props {
  api: Api;
  session: Session;
  sessionChanged: () => void;
  signOut: () => void;
}

/** What a signed-in member sees. It is loaded apart, so that the login has no more than it needs. */
export default function SignedIn(props: Props) {
  return (
    <WorkspaceProvider {...props}>
      <CreatingProvider>
        <Frame>
          <Screens />
        </Frame>
      </CreatingProvider>
    </WorkspaceProvider>
  );
}
