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
