import type { Area } from "../../app/areas";
import { words } from "../../words/deals";
import { deal } from "./deal";
import { pipelineEntry, stageEntries } from "./pipelines";

const pipelines = { api: "/api/v1/pipelines", rows: "pipelines" };

export const dealsArea: Area = {
  id: "deals",
  title: words.screen,
  icon: "deal",
  group: "work",
  address: "/deals",
  needs: ["deal.read"],
  kinds: [deal],
  picklists: {
    pipeline: { ...pipelines, entries: pipelineEntry },
    stage: { ...pipelines, entries: stageEntries },
    win_reason: { api: "/api/v1/win-reasons", rows: "win_reasons" },
    loss_reason: { api: "/api/v1/loss-reasons", rows: "loss_reasons" },
  },
  screens: [
    { path: "/deals", title: words.screen, needs: ["deal.read"], load: () => import("./screens").then(({ DealList }) => ({ default: DealList })) },
    { path: "/deals/:id", title: words.record, needs: ["deal.read"], load: () => import("./screens").then(({ DealPage }) => ({ default: DealPage })) },
  ],
  create: { label: words.create, needs: "deal.create", load: () => import("./screens").then(({ NewDeal }) => ({ default: NewDeal })) },
};
