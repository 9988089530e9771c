import type { Screen } from "../../app/areas";
import { words } from "../../words/settingScreens";

/** What a tenant configures, and what each member does for themselves: a section per address. */
export const sections: readonly Screen[] = [
  {
    path: "/settings/members",
    title: words.members,
    needs: ["member.read"],
    load: () => import("./screens").then(({ MembersSection }) => ({ default: MembersSection })),
  },
  {
    path: "/settings/statuses",
    title: words.statuses,
    needs: ["lead_status.read"],
    load: () => import("./screens").then(({ StatusesSection }) => ({ default: StatusesSection })),
  },
  {
    path: "/settings/sources",
    title: words.sources,
    needs: ["lead_source.read"],
    load: () => import("./screens").then(({ SourcesSection }) => ({ default: SourcesSection })),
  },
  {
    path: "/settings/scoring",
    title: words.scoring,
    needs: ["scoring_rule.read"],
    load: () => import("./ScoringSection"),
  },
  {
    path: "/settings/password",
    title: words.password,
    needs: [],
    load: () => import("./screens").then(({ PasswordSection }) => ({ default: PasswordSection })),
  },
];
