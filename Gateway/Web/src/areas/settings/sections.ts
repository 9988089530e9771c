import type { Screen } from "../../app/areas";

/** What a tenant configures, and what each member does for themselves: a section per address. */
export const sections: readonly Screen[] = [
  {
    path: "/settings/members",
    title: "Members",
    needs: ["member.read"],
    load: () => import("./MembersSection"),
  },
  {
    path: "/settings/statuses",
    title: "Lead statuses",
    needs: ["lead_status.read"],
    load: () => import("./StatusesSection"),
  },
  {
    path: "/settings/sources",
    title: "Lead sources",
    needs: ["lead_source.read"],
    load: () => import("./SourcesSection"),
  },
  {
    path: "/settings/scoring",
    title: "Scoring",
    needs: ["scoring_rule.read"],
    load: () => import("./ScoringSection"),
  },
  {
    path: "/settings/password",
    title: "Your password",
    needs: [],
    load: () => import("./PasswordSection"),
  },
];
