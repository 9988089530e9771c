import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { loadSignedIn } from "./app/loadSignedIn";
import { Api } from "./core/api";
import { ApiClient } from "./core/client";
import { firstLeadList, leadSearch, readLeadList } from "./core/leadList";
import { routeOf } from "./core/route";

const api = new Api(new ApiClient());

// The first list is asked for together with the session, as who was here last will see it.
const route = routeOf(location.pathname, location.search);
const member = api.lastMember;
if (member !== null) loadSignedIn().catch(() => undefined);
if (route.screen === "leads" && member !== null) {
  const state = readLeadList(route.search, firstLeadList(member.role));
  api.prefetchLeadList(leadSearch(state, member.id));
}

const root = document.getElementById("root");
if (root !== null) {
  const page = createRoot(root);
  if (isDebugBuild && location.pathname === "/parts") {
    void import("./debug/PartsPage").then(({ default: PartsPage }) => page.render(<PartsPage />));
  } else {
    page.render(<App api={api} />);
  }
}
