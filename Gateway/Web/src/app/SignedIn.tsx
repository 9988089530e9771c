import { useMemo } from "react";
import type { Api } from "../core/api";
import { Drafts, tabStorage } from "../core/drafts";
import type { Session } from "../core/types";
import { ErrorBoundary } from "../parts/ErrorBoundary";
import { DraftsContext } from "../parts/useForm";
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
  const drafts = useMemo(() => draftsOf(session.member.id), [session.member.id]);
  return (
    <DraftsContext.Provider value={drafts}>
      <WorkspaceProvider api={api} session={session} signOut={signOut}>
        <Frame>
          <ErrorBoundary>
            <Screens />
          </ErrorBoundary>
        </Frame>
      </WorkspaceProvider>
    </DraftsContext.Provider>
  );
}

function draftsOf(memberId: string): Drafts {
  const drafts = new Drafts(tabStorage(), memberId);
  drafts.forgetOthers();
  return drafts;
}
