import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import type { Api } from "../core/api";
import { forgetDrafts, tabStorage } from "../core/drafts";
import { ApiError } from "../core/problem";
import type { Session } from "../core/types";
import { ErrorBoundary } from "../parts/ErrorBoundary";
import { Failure } from "../parts/Failure";
import { LoginScreen } from "../screens/login/LoginScreen";
import { loadSignedIn } from "./loadSignedIn";
import { navigate } from "./navigation";

const SignedIn = lazy(loadSignedIn);

type State =
  | { is: "starting" }
  | { is: "signedOut"; expired: boolean }
  | { is: "signedIn"; session: Session }
  | { is: "failed"; error: unknown };

const renewEvery = 5 * 60 * 1000;

/** The whole page: the login until there is a session, then the frame with the screens. */
export function App({ api }: { api: Api }) {
  const [state, setState] = useState<State>({ is: "starting" });

  const start = useCallback(() => {
    setState({ is: "starting" });
    api.session().then(
      (session) => setState({ is: "signedIn", session }),
      (error: unknown) => {
        const signedOut = error instanceof ApiError && error.problem.status === 401;
        setState(signedOut ? { is: "signedOut", expired: false } : { is: "failed", error });
      },
    );
  }, [api]);

  useEffect(() => {
    api.client.onSignedOut = () =>
      setState((before) =>
        before.is === "signedIn" ? { is: "signedOut", expired: true } : before,
      );
    start();
  }, [api, start]);

  // A session ends by itself after a quarter of an hour without a call.
  const isSignedIn = state.is === "signedIn";
  useEffect(() => {
    if (!isSignedIn) return undefined;
    const timer = setInterval(() => void api.renew().catch(() => undefined), renewEvery);
    return () => clearInterval(timer);
  }, [api, isSignedIn]);

  const signOut = useCallback(() => {
    const leave = () => {
      forgetDrafts(tabStorage());
      setState({ is: "signedOut", expired: false });
      navigate("/login", { replace: true });
    };
    api.signOut().then(leave, leave);
  }, [api]);

  const signIn = useCallback(
    async (email: string, password: string) => {
      const session = await api.signIn(email, password);
      setState({ is: "signedIn", session });
      if (location.pathname === "/login") navigate("/leads", { replace: true });
    },
    [api],
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
      return <LoginScreen signIn={signIn} expired={state.expired} />;
    case "signedIn":
      return (
        <ErrorBoundary>
          <Suspense fallback={<div className="starting" aria-busy="true" />}>
            <SignedIn api={api} session={state.session} signOut={signOut} />
          </Suspense>
        </ErrorBoundary>
      );
  }
}
