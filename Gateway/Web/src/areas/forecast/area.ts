import type { Area } from "../../app/areas";
import { words } from "../../words/forecastScreens";

export const forecastArea: Area = {
  id: "forecast",
  title: words.screen,
  icon: "chart",
  group: "work",
  address: "/forecast",
  needs: ["deal.read"],
  about: "deal",
  kinds: [],
  screens: [
    { path: "/forecast", title: words.screen, needs: ["deal.read"], load: () => import("./ForecastScreen") },
  ],
};
