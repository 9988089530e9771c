import { Suspense, useCallback, useEffect, useRef, useState } from "react";
import type { Api } from "../core/api";
import { forgetDrafts, tabStorage } from "../core/drafts";
import { ApiError } from "../core/problem";
import type { Session } from "../core/types";
import { Failure } from "../parts/Failure";
import { LoginScreen } from "../screens/login/LoginScreen";
import { SignInOver } from "../screens/login/SignInOver";
import { nameWorkspace } from "./hooks";
import { lazyPart } from "./lazyScreen";
import { loadSignedIn } from "./loadSignedIn";
import { navigate } from "./navigation";
import { useSessionEnd } from "./useSessionEnd";

const SignedIn = lazyPart(loadSignedIn);

type State =
  | { is: "starting" }
  | { is: "signedOut" }
  /** The page stays as it is while its person signs in again. */
  | { is: "signedIn"; session: Session; hasEnded: boolean }
  | { is: "failed"; error: unknown };

/** The whole page: the login until there is a session, then the frame with the screens. */
export function App({ api }: { api: Api }) {
  const [state, setState] = useState<State>({ is: "starting" });
  const waiting = useRef<((isBack: boolean) => void)[]>([]);
  const session = state.is === "signedIn" && !state.hasEnded ? state.session : null;

  const ended = useCallback(() => {
    setState((before) => (before.is === "signedIn" ? { ...before, hasEnded: true } : before));
  }, []);
  const accept = useCallback((next: Session) => {
    nameWorkspace(next.tenant_name);
    setState((before) => {
      if (before.is === "signedIn" && before.session.member.id !== next.member.id) {
        // Somebody else works on: nothing of what the first one asked is sent for them.
        for (const answer of waiting.current.splice(0)) answer(false);
      }
      return { is: "signedIn", session: next, hasEnded: false };
    });
    for (const answer of waiting.current.splice(0)) answer(true);
  }, []);
  const start = useCallback(() => {
    setState({ is: "starting" });
    api.resumed().then(accept, (error: unknown) => {
      const isSignedOut = error instanceof ApiError && error.problem.status === 401;
      setState(isSignedOut ? { is: "signedOut" } : { is: "failed", error });
    });
  }, [api, accept]);
  useEffect(start, [start]);

  /** Renews the session, or waits until its person has signed in again. */
  useEffect(() => {
    api.client.recover = async () => {
      if (await api.renewed()) return true;
      ended();
      return new Promise((resolve) => waiting.current.push(resolve));
    };
  }, [api, ended]);
  useSessionEnd(api, session, ended);

  const sessionChanged = useCallback(() => {
    api.session().then(accept, (error: unknown) => {
      if (error instanceof ApiError && error.problem.status === 401) ended();
    });
  }, [api, accept, ended]);
  const signOut = useCallback(() => {
    const leave = () => {
      forgetDrafts(tabStorage());
      setState({ is: "signedOut" });
      navigate("/login", { replace: true });
    };
    api.signOut().then(leave, leave);
  }, [api]);
  const signIn = useCallback(
    async (email: string, password: string) => {
      accept(await api.signIn(email, password));
      if (location.pathname === "/login") navigate("/", { replace: true });
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
