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

/** What a signed-in member sees. Loaded separately, so that the login loads only what it needs. */
export default function SignedIn(props: Props) {
  const { id } = props.session.member;
  const drafts = useMemo(() => new Drafts(tabStorage(), id), [id]);
  // After the screens of a previous member are gone, because they may store something as they go.
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
