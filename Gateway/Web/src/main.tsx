import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { loadSignedIn } from "./app/loadSignedIn";
import { applyTheme } from "./app/theme";
import { Api } from "./core/api";
import { ApiClient } from "./core/client";
import { ResetScreen } from "./screens/login/ResetScreen";

applyTheme();
const api = new Api(new ApiClient());

// The first screen is requested together with the session, as the last member here would see it.
if (api.lastMember !== null) {
  preloadScreen();
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

/**
 * Requests all scripts of Home or of the first list at once, instead of each one's imports only after it has arrived.
 * All other screens share those of the first list.
 */
function preloadScreen(): void {
  const name = ["/", "/home"].includes(location.pathname) ? "home" : "first-list";
  const paths = document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? "";
  for (const path of paths.split(" ")) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = path;
    document.head.append(link);
  }
}
