import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { loadSignedIn } from "./app/loadSignedIn";
import { applyTheme } from "./app/theme";
import { Api } from "./core/api";
import { ApiClient } from "./core/client";
import { ResetScreen } from "./screens/login/ResetScreen";

applyTheme();
const api = new Api(new ApiClient());

// The first screen is asked for together with the session, as who was here last will see it.
if (api.lastMember !== null) {
  preloadFirstList();
  loadSignedIn().then(
    ({ prefetchScreen }) => prefetchScreen(api),
    () => undefined,
  );
}

const root = document.getElementById("root");
if (root !== null) {
  const page = createRoot(root);
  if (isDebugBuild && location.pathname === "/parts") {
    void import("./debug/PartsPage").then(({ default: PartsPage }) => page.render(<PartsPage />));
  } else if (location.pathname === "/reset") {
    page.render(<ResetScreen api={api} />);
  } else {
    page.render(<App api={api} />);
  }
}

/** Asks for all scripts of the first list at once: each would ask for those that it imports when it has come. */
function preloadFirstList(): void {
  const paths = document.querySelector<HTMLMetaElement>("meta[name=first-list]")?.content ?? "";
  for (const path of paths.split(" ")) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = path;
    document.head.append(link);
  }
}
