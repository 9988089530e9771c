import type { Screen } from "../../app/areas";
import type { words as settings } from "../../words/settings";
import { words } from "../../words/settingScreens";

export interface SettingsSection extends Screen {
  /** Its group. */
  group: keyof typeof settings.groups;
}

/** What a tenant configures, and what each member sets for themselves: a section per address. */
export const sections: readonly SettingsSection[] = [
  {
    path: "/settings/members",
    group: "workspace",
    title: words.members,
    needs: ["member.read"],
    load: () => import("./screens").then(({ MembersSection }) => ({ default: MembersSection })),
  },
  {
    path: "/settings/teams",
    group: "workspace",
    title: words.teams,
    needs: ["team.read"],
    load: () => import("./screens").then(({ TeamsSection }) => ({ default: TeamsSection })),
  },
  {
    path: "/settings/workspace",
    group: "workspace",
    title: words.workspace,
    needs: ["tenant.edit"],
    load: () => import("./WorkspaceSection"),
  },
  {
    path: "/settings/statuses",
    group: "leads",
    title: words.statuses,
    needs: ["lead_status.read"],
    load: () => import("./screens").then(({ StatusesSection }) => ({ default: StatusesSection })),
  },
  {
    path: "/settings/sources",
    group: "leads",
    title: words.sources,
    needs: ["lead_source.read"],
    load: () => import("./screens").then(({ SourcesSection }) => ({ default: SourcesSection })),
  },
  {
    path: "/settings/disqualification-reasons",
    group: "leads",
    title: words.disqualificationReasons,
    needs: ["disqualification_reason.read"],
    load: () =>
      import("./screens").then(({ DisqualificationReasonsSection }) => ({
        default: DisqualificationReasonsSection,
      })),
  },
  {
    path: "/settings/scoring",
    group: "leads",
    title: words.scoring,
    needs: ["scoring_rule.read"],
    load: () => import("./RulesSection").then(({ ScoringSection }) => ({ default: ScoringSection })),
  },
  {
    path: "/settings/account-health",
    group: "sales",
    title: words.accountHealth,
    needs: ["health_rule.read"],
    load: () => import("./RulesSection").then(({ HealthSection }) => ({ default: HealthSection })),
  },
  {
    path: "/settings/qualification",
    group: "leads",
    title: words.qualification,
    needs: ["tenant.edit"],
    load: () =>
      import("./screens").then(({ QualificationSection }) => ({ default: QualificationSection })),
  },
  {
    path: "/settings/pipelines",
    group: "sales",
    title: words.pipelines,
    needs: ["pipeline.read"],
    load: () => import("./PipelinesSection"),
  },
  {
    path: "/settings/win-reasons",
    group: "sales",
    title: words.winReasons,
    needs: ["win_reason.read"],
    load: () => import("./screens").then(({ WinReasonsSection }) => ({ default: WinReasonsSection })),
  },
  {
    path: "/settings/loss-reasons",
    group: "sales",
    title: words.lossReasons,
    needs: ["loss_reason.read"],
    load: () => import("./screens").then(({ LossReasonsSection }) => ({ default: LossReasonsSection })),
  },
  {
    path: "/settings/currencies",
    group: "sales",
    title: words.currencies,
    needs: ["tenant.edit"],
    load: () => import("./CurrenciesSection"),
  },
  {
    path: "/settings/task-categories",
    group: "tasks",
    title: words.taskCategories,
    needs: ["task_category.read"],
    load: () => import("./screens").then(({ TaskCategoriesSection }) => ({ default: TaskCategoriesSection })),
  },
  {
    path: "/settings/task-rules",
    group: "tasks",
    title: words.taskRules,
    needs: ["task_rule.read"],
    load: () => import("./TaskRulesSection"),
  },
  {
    path: "/settings/overdue-tasks",
    group: "tasks",
    title: words.overdueTasks,
    needs: ["tenant.edit"],
    load: () => import("./screens").then(({ OverdueSection }) => ({ default: OverdueSection })),
  },
  {
    path: "/settings/muted",
    group: "you",
    title: words.muted,
    needs: ["mute.read"],
    load: () => import("../notifications/screens").then(({ MutesSection }) => ({ default: MutesSection })),
  },
  {
    path: "/settings/password",
    group: "you",
    title: words.password,
    needs: [],
    load: () => import("./screens").then(({ PasswordSection }) => ({ default: PasswordSection })),
  },
];
