import type { Area } from "../../app/areas";
import { words } from "../../words/activities";
import { activity } from "./activity";

const needs = ["activity.read"];

export const activitiesArea: Area = {
  id: "activities",
  title: words.screen,
  icon: "pulse",
  group: "work",
  address: "/activities",
  needs,
  kinds: [activity],
  screens: [
    { path: "/activities", title: words.screen, needs, load: () => import("./screens").then(({ ActivityList }) => ({ default: ActivityList })) },
    { path: "/activities/:id", title: words.record, needs, load: () => import("./screens").then(({ ActivityPage }) => ({ default: ActivityPage })) },
  ],
  create: { label: words.create, needs: "activity.create", load: () => import("./screens").then(({ NewActivity }) => ({ default: NewActivity })) },
  composer: { needs: ["activity.create"], load: () => import("./screens").then(({ Composer }) => ({ default: Composer })) },
  story: { needs, load: () => import("./screens").then(({ Story }) => ({ default: Story })) },
};
