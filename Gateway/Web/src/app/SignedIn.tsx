import { useEffect, useMemo } from "react";
import type { Api } from "../core/api";
import { Drafts, tabStorage } from "../core/drafts";
import type { Session } from "../core/types";
import { DraftsContext } from "../parts/useForm";
import { CreatingProvider } from "./creating";
import { Frame } from "./Frame";
import { Screens } from "./Screens";
import { WorkspaceProvider } from "./workspace";

export { prefetchScreen } from "./prefetch";

interface Props {
  api: Api;
  session: Session;
  sessionChanged: () => void;
  signOut: () => Promise<void>;
}

/** What a signed-in member sees. It is loaded apart, so that the login has no more than it needs. */
export default function SignedIn(props: Props) {
  const { id } = props.session.member;
  const drafts = useMemo(() => new Drafts(tabStorage(), id), [id]);
  // Once the screens of whoever was here before are gone, for they may keep something as they go.
  useEffect(() => drafts.forgetOthers(), [drafts]);
  return (
    <DraftsContext.Provider value={drafts}>
      <WorkspaceProvider {...props}>
        <CreatingProvider>
          <Frame>
            <Screens />
          </Frame>
        </CreatingProvider>
      </WorkspaceProvider>
    </DraftsContext.Provider>
  );
}
