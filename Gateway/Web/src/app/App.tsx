import { Suspense, useCallback, useEffect, useRef, useState } from "react";
import { type Api, isSignedOut } from "../core/api";
import { forgetDrafts, tabStorage } from "../core/drafts";
import { leaveFor, navigate } from "../core/navigation";
import { hearTabs } from "../core/sessionTabs";
import type { Session } from "../core/types";
import { Failure } from "../parts/Failure";
import { LoginScreen } from "../screens/login/LoginScreen";
import { SignInOver } from "../screens/login/SignInOver";
import { nameWorkspace } from "./hooks";
import { lazyPart } from "./lazyScreen";
import { loadSignedIn } from "./loadSignedIn";
import { useSessionEnd } from "./useSessionEnd";

const SignedIn = lazyPart(loadSignedIn);

type State =
  | { is: "starting" }
  | { is: "signedOut"; onPurpose: boolean }
  /** The page stays as it is while the member signs in again. */
  | { is: "signedIn"; session: Session; hasEnded: boolean }
  | { is: "failed"; error: unknown };

/** The whole page: the login until there is a session, then the frame with the screens. */
export function App({ api }: { api: Api }) {
  const [state, setState] = useState<State>({ is: "starting" });
  const waiting = useRef<((isBack: boolean) => void)[]>([]);
  const session = state.is === "signedIn" && !state.hasEnded ? state.session : null;

  const answerWaiting = useCallback((isBack: boolean) => {
    for (const answer of waiting.current.splice(0)) answer(isBack);
  }, []);
  const ended = useCallback(() => {
    setState((before) => (before.is === "signedIn" ? { ...before, hasEnded: true } : before));
  }, []);
  const accept = useCallback(
    (next: Session) => {
      nameWorkspace(next.tenant_name);
      setState({ is: "signedIn", session: next, hasEnded: false });
      if (location.pathname === "/login") navigate("/", { replace: true });
      // The client repeats only requests of this same member.
      answerWaiting(true);
    },
    [answerWaiting],
  );
  const latest = useRef(state);
  latest.current = state;
  useEffect(
    () =>
      api.sessions.listen((next) => {
        const { current } = latest;
        // A session that ended because it was idle continues only after a login, not after a renewal.
        const isOver = current.is === "signedIn" && current.hasEnded;
        if (!isOver || current.session.member.id !== next.member.id) accept(next);
      }),
    [api, accept],
  );
  const start = useCallback(() => {
    setState({ is: "starting" });
    api.resumed().catch((error: unknown) => {
      setState(isSignedOut(error) ? { is: "signedOut", onPurpose: false } : { is: "failed", error });
    });
  }, [api]);
  useEffect(start, [start]);

  /** Renews the session, or waits until the member has signed in again. */
  useEffect(() => {
    api.client.recover = async () => {
      const isNobody = () => api.client.person === "";
      if (isNobody()) return false;
      if (await api.renewed()) return true;
      // The member may have signed out meanwhile.
      if (isNobody()) return false;
      ended();
      return new Promise((resolve) => waiting.current.push(resolve));
    };
  }, [api, ended]);
  useSessionEnd(api, session, ended);

  /** Drops everything that the member had on the page when they sign out; a session that ended otherwise keeps it. */
  const leave = useCallback(() => {
    api.forgetPerson();
    answerWaiting(false);
    setState({ is: "signedOut", onPurpose: true });
    leaveFor("/login");
  }, [api, answerWaiting]);
  // After the screens are gone, because they may store something as they go.
  const hasLeft = state.is === "signedOut" && state.onPurpose;
  useEffect(() => {
    if (hasLeft) forgetDrafts(tabStorage());
  }, [hasLeft]);
  const signOut = useCallback(() => api.signOut().then(leave), [api, leave]);
  useEffect(
    () =>
      hearTabs({
        signedOut: leave,
        signedIn: () => void api.session().then(accept, () => undefined),
      }),
    [api, accept, leave],
  );

  const sessionChanged = useCallback(() => {
    const again = async () => {
      try {
        await api.session();
      } catch (error) {
        // The member may have been deactivated, or only the access token has expired.
        if (isSignedOut(error) && !(await api.renewed())) ended();
      }
    };
    void again();
  }, [api, ended]);
  const signIn = useCallback(
    async (email: string, password: string) => {
      accept(await api.signIn(email, password));
    },
    [api, accept],
  );

  switch (state.is) {
    case "starting":
      return <div className="starting" aria-busy="true" />;
    case "failed":
      return (
        <main className="starting">
          <Failure error={state.error} retry={start} />
        </main>
      );
    case "signedOut":
      return <LoginScreen signIn={signIn} expired={null} />;
    case "signedIn":
      return (
        <>
          <Suspense fallback={<div className="starting" aria-busy="true" />}>
            <SignedIn
              key={state.session.member.id}
              api={api}
              session={state.session}
              sessionChanged={sessionChanged}
              signOut={signOut}
            />
          </Suspense>
          {state.hasEnded && (
            <SignInOver>
              <LoginScreen signIn={signIn} expired={state.session} />
            </SignInOver>
          )}
        </>
      );
  }
}
