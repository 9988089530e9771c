import { type RefObject, Suspense, useEffect, useRef, useState } from "react";
import { findRoute, wayOutFrom } from "../core/routes";
import { ErrorBoundary } from "../parts/ErrorBoundary";
import { Failure } from "../parts/Failure";
import { Link } from "../parts/Link";
import { WayOutContext } from "../parts/wayOut";
import { words } from "../words/app";
import { areas, screens } from "./areas";
import { useTitle } from "./hooks";
import { forgetFailedParts, lazyPart } from "./lazyScreen";
import { useAddress } from "./useAddress";
import { useWorkspace } from "./workspace";

/** The screen of the address. */
export function Screens() {
  const { permissions } = useWorkspace();
  const address = useAddress();
  const [pathname = "/", ...query] = address.split("?");
  const search = query.join("?");
  const open = areas.filter((area) => permissions.mayAny(area.needs));
  const path = pathname === "/" || pathname === "/login" ? (open[0]?.address ?? "/") : pathname;
  const found = findRoute(screens, path);
  const wayOut = wayOutFrom(open, found?.route.area, address);
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
    <WayOutContext.Provider value={wayOut}>
      <ErrorBoundary key={key} retry={again}>
        <Suspense fallback={<div className="screen" aria-busy="true" />}>
          <Screen parts={parts} search={search === "" ? "" : `?${search}`} />
        </Suspense>
      </ErrorBoundary>
    </WayOutContext.Provider>
  );
}

function Unknown() {
  const { screen, title, advice } = words.nowhere;
  useTitle(screen);
  return <Failure heading="h1" title={title} advice={advice} action={<ToStart />} />;
}

function NotAllowed({ title: screen }: { title: string }) {
  const { title, advice } = words.notAllowed;
  useTitle(screen);
  return <Failure heading="h1" title={title} advice={advice(screen)} action={<ToStart />} />;
}

/** Goes to the first screen that the member may use. */
function ToStart() {
  return (
    <Link className="button" to="/">
      {words.start}
    </Link>
  );
}

/** After a move to another screen, focus goes there. */
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
