import { useSyncExternalStore } from "react";
import { type Route, routeOf } from "../core/route";
import { Signal } from "../core/signal";

const moved = new Signal<void>();

function listen(listener: () => void): () => void {
  const forget = moved.listen(listener);
  window.addEventListener("popstate", listener);
  return () => {
    forget();
    window.removeEventListener("popstate", listener);
  };
}

/** Goes to an address of this page; `replace` leaves the present one out of the history. */
export function navigate(address: string, how: { replace?: boolean } = {}): void {
  if (address === location.pathname + location.search) return;
  if (how.replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  moved.send();
}

/** The path and query of the page, kept current. */
export function useAddress(): string {
  return useSyncExternalStore(listen, () => location.pathname + location.search);
}

export function useRoute(): Route {
  const address = useAddress();
  const [pathname = "/", ...search] = address.split("?");
  return routeOf(pathname, search.join("?"));
}
