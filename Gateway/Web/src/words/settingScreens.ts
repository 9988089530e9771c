// The sections of settings, as named in their list, their headings and the palette.

export const words = {
  settings: "Settings",
  members: "Members",
  teams: "Teams",
  workspace: "Name and calendar",
  statuses: "Lead statuses",
  sources: "Lead sources",
  disqualificationReasons: "Disqualification reasons",
  scoring: "Scoring",
  accountHealth: "Account health",
  qualification: "Qualification",
  pipelines: "Pipelines",
  winReasons: "Win reasons",
  lossReasons: "Loss reasons",
  currencies: "Currencies",
  taskCategories: "Task categories",
  taskRules: "Task rules",
  overdueTasks: "Overdue tasks",
  muted: "Muted notifications",
  password: "Your password",
};
