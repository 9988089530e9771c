import type { Area } from "../../app/areas";
import { words } from "../../words/home";
import { pipelineEntry } from "../deals/pipelines";

export const homeArea: Area = {
  id: "home",
  title: words.screen,
  icon: "home",
  group: "work",
  address: "/home",
  needs: [],
  kinds: [],
  // Requested with the session: the sums of deals are by pipeline.
  picklists: { pipeline: { api: "/api/v1/pipelines", rows: "pipelines", entries: pipelineEntry } },
  screens: [{ path: "/home", title: words.screen, needs: [], load: () => import("./HomeScreen") }],
};
