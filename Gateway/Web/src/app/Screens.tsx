import { type RefObject, Suspense, useEffect, useRef, useState } from "react";
import { findRoute } from "../core/routes";
import { ErrorBoundary } from "../parts/ErrorBoundary";
import { Failure } from "../parts/Failure";
import { Link } from "../parts/Link";
import { areas, screens } from "./areas";
import { useTitle } from "./hooks";
import { forgetFailedParts, lazyPart } from "./lazyScreen";
import { useAddress } from "./navigation";
import { useWorkspace } from "./workspace";

/** The screen of the address. */
export function Screens() {
  const { permissions } = useWorkspace();
  const address = useAddress();
  const [pathname = "/", ...query] = address.split("?");
  const search = query.join("?");
  const home = areas.find((area) => permissions.mayAny(area.needs));
  const path = pathname === "/" || pathname === "/login" ? (home?.address ?? "/") : pathname;
  const found = findRoute(screens, path);
  const [turn, setTurn] = useState(0);
  if (found === null) return <Unknown />;
  const { route, parts } = found;
  if (!permissions.mayAny(route.needs)) return <NotAllowed title={route.title} />;
  const Screen = lazyPart(route.load);
  const key = `${route.path} ${Object.values(parts).join(" ")} ${turn}`;
  const again = () => {
    forgetFailedParts();
    setTurn((before) => before + 1);
  };
  return (
    <ErrorBoundary key={key} retry={again}>
      <Suspense fallback={<div className="screen" aria-busy="true" />}>
        <Screen parts={parts} search={search === "" ? "" : `?${search}`} />
      </Suspense>
    </ErrorBoundary>
  );
}

function Unknown() {
  useTitle("Nothing here");
  return (
    <Failure
      heading="h1"
      title="There is nothing at this address"
      advice="Check it for a typing mistake, or begin where the navigation leads."
      action={
        <Link className="button" to="/">
          Go to the start
        </Link>
      }
    />
  );
}

function NotAllowed({ title }: { title: string }) {
  useTitle(title);
  return (
    <Failure
      heading="h1"
      title="Your role does not allow this"
      advice={`${title} needs a permission that you do not have. Ask an administrator of your workspace.`}
      action={
        <Link className="button" to="/">
          Go to the start
        </Link>
      }
    />
  );
}

/** After a move to another screen, the keyboard goes on there. */
export function useFocusOnMove(): RefObject<HTMLElement> {
  const main = useRef<HTMLElement>(null);
  const path = useAddress().split("?")[0];
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== path) main.current?.focus();
    before.current = path;
  }, [path]);
  return main;
}
