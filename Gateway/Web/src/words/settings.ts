// Settings: members, the lists that a tenant defines, scoring, the member's own password.

import { formatNumber } from "../core/format";
import { counted, type Noun } from "./counts";
import { isolated, listed } from "./sentences";

const leads = { one: "lead", many: "leads" };

export const words = {
  /** What the sections are about. */
  groups: { workspace: "Workspace", leads: "Leads", sales: "Accounts and deals", tasks: "Tasks", you: "You" },
  section: (title: string) => `Section: ${title}`,
  edit: "Edit",
  editOf: (name: string) => `Edit ${isolated(name)}`,
  name: "Name",
  changed: (name: string) => `${isolated(name)} changed`,
  members: {
    add: "Add member",
    table: "Table of members",
    email: "E-mail",
    role: "Role",
    takesLeads: "Takes leads",
    state: "State",
    change: "Change",
    owner: " · Owner",
    active: "Active",
    deactivated: "Deactivated",
    takes: (most: number | null) =>
      most === null ? "Yes" : `Yes, up to ${formatNumber(most)} a day`,
    takesNone: "No",
    reactivate: "Reactivate",
    reactivateOf: (name: string) => `Reactivate ${isolated(name)}`,
    more: (name: string) => `More for ${isolated(name)}`,
    link: "Make a link to set a password",
    handOver: "Hand over their work",
    deactivate: (name: string) => `Deactivate ${isolated(name)}`,
    nowDeactivated: (name: string) => `${isolated(name)} is deactivated and signed out`,
    canSignInAgain: (name: string) => `${isolated(name)} can sign in again`,
    canSignIn: (name: string) => `${isolated(name)} can sign in now`,
  },
  member: {
    one: "member",
    many: "members",
    save: "Save member",
    takesLeads: "Takes new leads in turn",
    timeZone: "Time zone",
    cap: "Leads a day, at most",
    capHint: "Empty for no limit.",
    noNumber: "Enter a whole number, or leave it empty.",
    password: "First password",
    passwordHint: "At least 10 characters. Hand it over in person or by phone.",
    roles: {
      admin: "Everything, members and settings included",
      manager: "All records and imports",
      rep: "Reads all records, edits their own",
      read_only: "Reads all records, changes nothing",
    } as Readonly<Record<string, string>>,
  },
  teams: {
    one: "team",
    many: "teams",
    about:
      "Who works together, and under whom. Where a role goes by teams, a member reaches what their teams, " +
      "the teams below and the members of all of them hold.",
    add: "Add team",
    save: "Save team",
    saved: (name: string) => `Team ${isolated(name)} saved`,
    none: {
      title: "Teams of members belong here",
      reason: "Without teams, everyone works for themselves.",
    },
    table: "Table of teams",
    partOf: "Part of",
    manager: "Manager",
    managerHint: "Leads the team, and is not one of its members unless named there.",
    members: "Members",
    count: (own: number, below: number) =>
      below === 0 ? formatNumber(own) : `${formatNumber(own)}, and ${formatNumber(below)} in teams below`,
    state: "State",
    change: "Change",
    active: "Active",
    inactive: "Inactive",
    isActive: "Active: its members and manager reach records through it",
    description: "What it is for",
    type: "Type",
    noType: "None",
    types: {
      inside_sales: "Inside sales",
      field_sales: "Field sales",
      channel_sales: "Channel sales",
      enterprise: "Enterprise",
      smb: "Small and medium business",
    } as Readonly<Record<string, string>>,
    delete: "Delete",
    deleteOf: (name: string) => `Delete ${isolated(name)}`,
    deleted: (name: string) => `Team ${isolated(name)} deleted`,
  },
  handover: {
    title: (name: string) => `Hand over the work of ${isolated(name)}`,
    send: "Hand over",
    to: "Give it to",
    noHeir: "Choose who takes it over.",
    counting: "Counting…",
    held: (name: string, held: readonly Held[]) =>
      held.length === 0 ? `${isolated(name)} owns nothing.` : `${isolated(name)} owns ${all(held)}.`,
    going: "Handing over",
    done: (from: string, to: string) => `The work of ${isolated(from)} goes to ${isolated(to)}`,
  },
  link: {
    title: (name: string) => `A link for ${isolated(name)}`,
    what: (name: string) =>
      `With this link, ${isolated(name)} can set a new password, once and within a day. ` +
      "It is shown only now. Send it in a way that nobody else can read.",
    label: "Link",
    copy: "Copy link",
    copied: "Copied",
    notCopied: "Not copied. Select the link and copy it.",
    done: "Done",
  },
  lists: {
    status: {
      one: "status",
      many: "statuses",
      about: "How far along a lead is. A new lead has the first one.",
    },
    source: {
      one: "source",
      many: "sources",
      about: "Where a lead came from.",
    },
    disqualification: {
      one: "reason",
      many: "reasons",
      about: "Why a lead will not buy, to choose from when it is disqualified.",
    },
    win: {
      one: "reason",
      many: "reasons",
      about: "Why a deal is won, to choose from when it is closed.",
    },
    loss: {
      one: "reason",
      many: "reasons",
      about: "Why a deal is lost, to choose from when it is closed.",
    },
    new: (kind: Noun) => `New ${kind.one}`,
    add: (kind: Noun) => `Add ${kind.one}`,
    save: (kind: Noun) => `Save ${kind.one}`,
    added: (name: string) => `${isolated(name)} added`,
    none: "There are none yet.",
    inUse: "In use",
    retired: "Retired",
    retire: "Retire",
    retireOf: (name: string) => `Retire ${isolated(name)}`,
    use: "Use again",
    useOf: (name: string) => `Use ${isolated(name)}`,
    nowUsed: (name: string) => `${isolated(name)} can be chosen again`,
    nowRetired: (name: string) => `${isolated(name)} is retired: what has it keeps it`,
    colour: "Colour",
    noColour: "No colour",
    colours: {
      blue: "Blue",
      green: "Green",
      gold: "Gold",
      orange: "Orange",
      red: "Red",
      purple: "Purple",
      teal: "Teal",
      gray: "Gray",
    },
    description: "When to choose it",
    next: "Statuses after it",
    nextHint: "None means any.",
    required: "What a lead must have in it",
    substatuses: "Substatuses",
    substatusesHint: "Type a name and press Enter. A lead in the status can have one of them.",
  },
  scoring: {
    title: "Scoring rules",
    about:
      "A lead’s score is the sum of the points of the rules it matches, kept between 0 and 100: up to 30 " +
      "is cold, up to 50 warm, up to 70 hot, and more is very hot.",
    add: "Add rule",
    none: {
      title: "Rules that score leads belong here",
      reason: "Without a rule, every lead has a score of 0.",
    },
    table: "Table of scoring rules",
    nameHint: "Shown in the breakdown of a lead’s score.",
    rows: "A lead matches when",
    /** Before the examples. */
    examples: "In CEL over the lead’s fields, such as",
    rule: "Rule",
    condition: "Condition",
    points: "Points",
    state: "State",
    change: "Change",
    counts: "Counts",
    paused: "Paused",
    unmeasured: "Not measured yet",
    delete: "Delete",
    deleteOf: (name: string) => `Delete ${isolated(name)}`,
    deleted: (name: string) => `Rule ${isolated(name)} deleted`,
    saved: (name: string) => `Rule ${isolated(name)} saved`,
    and: (parts: readonly string[]) => parts.join(" and "),
    or: (parts: readonly string[]) => parts.join(" or "),
    running: (done: string, changed: string) =>
      `Scoring all leads again: ${done} done, ${changed} changed.`,
    /** Before the time at which it ended. */
    ended: "All leads were scored",
    outcome: (done: string, changed: string) => ` · ${changed} of ${done} changed.`,
  },
  health: {
    title: "Account health",
    about:
      "An account’s health is the sum of the points of the rules it meets, kept between 0 and 100: below 40 is " +
      "poor, below 70 fair, and more is good. Rules about subscriptions and tickets give no points as long as " +
      "these are not known.",
    none: {
      title: "Rules of the health of accounts belong here",
      reason: "Without a rule, every account has a health of 0.",
    },
    unmeasured: {
      subscription: "Has a subscription",
      ticket: "Has a ticket past its SLA",
    },
    table: "Table of health rules",
    nameHint: "Shown among the reasons of an account’s health.",
    rows: "An account meets the rule when",
    /** Before the examples. */
    examples: "In CEL over the account’s fields, such as",
  },
  rule: {
    one: "rule",
    many: "rules",
    add: "Add rule",
    edit: "Edit rule",
    save: "Save rule",
    points: "Points",
    pointsHint: "−100 to 100; negative points lower the score.",
    noPoints: "Enter a whole number from −100 to 100.",
    noValues: "Fill in a value in each row.",
    counts: "Counts towards the score",
    condition: "Condition",
    toCEL: "Write the condition in CEL",
    toRows: "Fill in rows instead",
    row: (place: number) => `Row ${formatNumber(place)}`,
    removeRow: (place: number) => `Remove row ${formatNumber(place)}`,
    addRow: "And",
    addFirst: "Add a condition",
    field: "Field",
    comparison: "Comparison",
    value: "Value",
    values: "Values",
  },
  preview: {
    name: "Preview",
    matching: (matching: number, considered: number, isWhole: boolean, changing: number) =>
      `Matches ${formatNumber(matching)} of ${
        isWhole ? counted(considered, leads) : `the newest ${counted(considered, leads)}`
      }; ${formatNumber(changing)} would change their band.`,
    change: (count: number, from: string, to: string) =>
      `${formatNumber(count)} from ${from.toLowerCase()} to ${to.toLowerCase()}`,
  },
  password: {
    hint: "Changing it signs you out on all other devices.",
    current: "Current password",
    next: "New password",
    nextHint: "At least 10 characters.",
    send: "Change password",
    done: "Password changed. You are signed out everywhere else.",
  },
  /** What to do about a broken rule, without the full stop. */
  rules: {
    condition: "Enter a condition",
    email: "Enter an e-mail address",
    emailTaken: "Someone else has this e-mail address",
    password: "Enter a password",
    passwordIsEmail: "Choose a password other than the e-mail address",
    passwordIsBlank: "Choose a password that is not only spaces",
    key: "Enter a key of 1 to 60 lower-case letters, digits and underscores",
    notZero: "Enter a number other than 0",
    substatuses: "Enter names of 1 to 100 characters",
    lastActive: "Keep at least one of them active",
    teamBelowItself: "Choose a team that is not this one, nor below it",
    teamTooDeep: "Choose a team further up: no more than 10 may be one below the other",
    noMember: "Choose members who are active",
    tooManyMembers: "Choose at most 500 members",
  },
};

/** How many records of a kind a member owns. */
interface Held {
  kind: Noun;
  count: number;
}

/** "12 leads and 3 deals". */
function all(held: readonly Held[]): string {
  return listed(held.map(({ kind, count }) => counted(count, kind)));
}
