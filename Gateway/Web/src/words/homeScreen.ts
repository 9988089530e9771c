// The start screen: figures, what is to be done, and what is new.

import { formatInt64 } from "../core/format";
import { counted } from "./counts";
import { listed } from "./sentences";

const deals = { one: "deal", many: "deals" };

export const words = {
  scope: "Whose records",
  scopes: { mine: "Mine", team: "Team" },
  late: "This takes longer than usual.",
  figures: {
    title: "Figures",
    newLeads: "New leads this week",
    lastWeek: (count: string) => `${formatInt64(count)} last week`,
    open: "Open deals",
    won: "Won this month",
    today: "Due today",
    overdue: "Overdue",
    mine: "My tasks",
    team: "Tasks of the team",
    /** For a sum that is too large to be given. */
    tooLarge: "Too large to add up",
    noAmount: "No amounts",
    failed: "Could not be loaded.",
    retry: "Try again",
  },
  tasks: {
    all: "All my tasks",
    none: "Nothing is overdue or due today.",
  },
  hot: {
    title: "New hot leads",
    all: "All hot leads",
    none: "No lead is hot or very hot.",
    noneOfYours: "None of your leads is hot or very hot.",
  },
  pipeline: {
    title: (name: string) => `Pipeline: ${name}`,
    short: "Pipeline by stage",
    board: "Board",
    more: (count: number) => `All ${formatInt64(String(count))} stages on the board`,
    deals: (count: string) => counted(count, deals),
    none: "There is no pipeline that you may see.",
  },
  forecast: {
    title: "Expected revenue",
    all: "Whole forecast",
    closed: (amount: string) => `${amount} of it closed`,
    since: (day: string) => `since ${day}`,
    notCompared: "No forecast of last week to compare with",
    notConverted: "Change not known: an exchange rate is missing",
    nothing: "–",
    behind: (period: string, amount: string) => `${period}: ${amount} expected. Show the deals`,
  },
  activity: {
    title: "Recent activity",
    all: "All activities",
    none: "Calls, meetings, e-mails and notes stand here once somebody logs one.",
    noneOfYours: "Calls, meetings, e-mails and notes stand here once you log one.",
    others: (count: number) => `${formatInt64(String(count))} more`,
    gaps: (services: readonly string[]) =>
      `Some may be missing: ${listed(services)} did not answer.`,
  },
  steps: {
    title: "Set up your workspace",
    reason: "There are no leads, deals or tasks yet. This is what to do first.",
    leads: "Import your leads",
    aboutLeads: "From a file of your spreadsheet or of the system that you used before.",
    members: "Add members",
    aboutMembers: "The people who work with you, each with a role.",
    pipeline: "Set up your pipeline",
    aboutPipeline: "The stages that your deals go through, and how likely each is won.",
  },
};
