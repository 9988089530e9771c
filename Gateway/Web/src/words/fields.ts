// The words for values, for conditions on them, and for invalid values. The names of fields and their choices
// come from the service.

import { plural } from "./counts";
import { isolated, listed } from "./sentences";

export const words = {
  yes: "Yes",
  no: "No",
  me: "Me",
  team: "My teams",
  nobody: "Nobody",
  empty: "Empty",
  notEmpty: "Not empty",
  details: "Details",
  lines: "Enter begins a new line. Ctrl Enter saves.",
  amount: "Amount",
  currency: "Currency",
  /** A number and its unit, which stay on one line: "40%", "3 h". */
  counting: (number: string, unit: string) => (unit === "%" ? `${number}%` : `${number}\u00a0${unit}`),
  /** Names of times that the API calls differently. */
  labels: {
    create_time: "Created",
    update_time: "Changed",
    stage_change_time: "In its stage since",
    rot_time: "Rotting from",
    recycle_reason: "Put back because",
    related: "Related records",
  } as Readonly<Record<string, string>>,
  /** Choices whose keys do not spell their names. */
  choices: {
    email: "E-mail",
    sms: "Text message",
    read_only: "Read-only",
    todo: "To do",
    one_off: "One-off",
    mrr: "Monthly (MRR)",
    arr: "Yearly (ARR)",
  } as Readonly<Record<string, string>>,
  roles: {
    admin: "Admin",
    manager: "Manager",
    rep: "Rep",
    read_only: "Read-only",
  } as Readonly<Record<string, string>>,
  withoutName: (kind: string) => `${kind} without a name`,
  unseen: "A record you cannot see",
  deactivated: (name: string) => `${isolated(name)} (deactivated)`,
  retired: (name: string) => `${isolated(name)} (retired)`,
  /** A condition as a sentence: "Status is Contacted or New". */
  condition: {
    is: (label: string, what: string) => `${label} is ${what}`,
    includes: (label: string, what: string) => `${label} include ${what}`,
    empty: (label: string) => `${label} is empty`,
    filled: (label: string) => `${label} is not empty`,
    yes: (label: string) => `${label} is yes`,
    no: (label: string) => `${label} is no`,
    contains: (label: string, text: string) => `${label} contains “${isolated(text)}”`,
    quoted: (text: string) => `“${isolated(text)}”`,
    since: (from: string) => `since ${from}`,
    until: (to: string) => `until ${to}`,
    least: (from: string) => `at least ${from}`,
    most: (to: string) => `at most ${to}`,
    between: (from: string, to: string) => `from ${from} to ${to}`,
    /** "A", "A or B", "A, B or C", "A, B or 3 others". */
    oneOf: (names: readonly string[]) =>
      listed(
        names.length > 3
          ? [...names.slice(0, 2), plural(names.length - 2, "other", "others")]
          : names,
        "disjunction",
      ),
    nobody: "nobody",
    nothing: "empty",
  },
  /** The operators of a rule's row, as they stand between field and value. */
  operators: {
    in: "is one of",
    is: "is",
    contains: "contains",
    startsWith: "begins with",
    endsWith: "ends with",
    containsExactly: "contains exactly",
    startsWithExactly: "begins exactly with",
    endsWithExactly: "ends exactly with",
    least: "is at least",
    most: "is at most",
    yes: "is yes",
    no: "is no",
    filled: "is not empty",
    empty: "is empty",
  },
  row: {
    noField: "Choose a field.",
    noChoice: "Choose at least one.",
    noValue: "Enter a value.",
    noNumber: "Enter a number.",
  },
  /** What to type instead of what was typed; `mayBeEmpty` if a field may be empty. */
  typed: {
    number: (mayBeEmpty: boolean) => `Enter a number${orEmpty(mayBeEmpty)}.`,
    wholeNumber: (mayBeEmpty: boolean) => `Enter a whole number${orEmpty(mayBeEmpty)}.`,
    numberWithin: (bounds: Bounds, mayBeEmpty: boolean) =>
      `Enter a number ${within(bounds)}${orEmpty(mayBeEmpty)}.`,
    fewerDigits: (mayBeEmpty: boolean) =>
      `Enter a number with fewer digits${orEmpty(mayBeEmpty)}.`,
    amount: "Enter an amount.",
    amountSuchAs: (example: string, mayBeEmpty: boolean) =>
      `Enter an amount such as ${example}${orEmpty(mayBeEmpty)}.`,
    amountDecimals: (decimals: number, mayBeEmpty: boolean) =>
      decimals === 0
        ? `Enter an amount without decimals${orEmpty(mayBeEmpty)}.`
        : `Enter an amount with at most ${decimals} decimals${orEmpty(mayBeEmpty)}.`,
    amountTooLarge: (mayBeEmpty: boolean) => `Enter a smaller amount${orEmpty(mayBeEmpty)}.`,
    amountWithin: (bounds: Bounds, mayBeEmpty: boolean) =>
      `Enter an amount ${within(bounds)}${orEmpty(mayBeEmpty)}.`,
    currency: "Enter a currency of three letters, such as USD.",
    duration: (mayBeEmpty: boolean) =>
      `Enter a length of time such as 1:30 or 90 min${orEmpty(mayBeEmpty)}.`,
    moment: "Enter a day and a time.",
    day: "Enter a day.",
  },
};

/** The bounds of a value, as they are written; at least one of them. */
export interface Bounds {
  least?: string;
  most?: string;
}

function within({ least, most }: Bounds): string {
  if (least === undefined) return `of at most ${most}`;
  return most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
}

function orEmpty(mayBeEmpty: boolean): string {
  return mayBeEmpty ? ", or leave it empty" : "";
}
