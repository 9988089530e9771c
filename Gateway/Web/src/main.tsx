import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { Api } from "./core/api";
import { ApiClient } from "./core/client";
import { leadSearch, me, readLeadList } from "./core/leadList";
import { routeOf } from "./core/route";

const api = new Api(new ApiClient());

// The first list is asked for together with the session, unless it depends on who looks.
const route = routeOf(location.pathname, location.search);
if (route.screen === "leads" && api.wasSignedIn) {
  const state = readLeadList(route.search);
  if (!state.filters.owner.includes(me)) api.prefetchLeadList(leadSearch(state, ""));
}

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<App api={api} />);
