// The words of the user interface, by the part or screen that says them. Sentences with a count are
// functions, so that a number and its noun always agree.

import { formatNumber } from "./format";

const rules = new Intl.PluralRules("en");

/** "1 choice", "2,000 choices": a count with the form of the noun that goes with it. */
export function plural(count: number, one: string, other: string): string {
  return `${formatNumber(count)} ${rules.select(count) === "one" ? one : other}`;
}

export const words = {
  dialog: {
    close: "Close",
    cancel: "Cancel",
  },
  menu: {
    more: "More",
  },
  notice: {
    dismiss: "Dismiss",
    all: "Notices",
  },
  choice: {
    clear: (label: string) => `Clear ${label}`,
    remove: (name: string) => `Remove ${name}`,
    create: (text: string) => `Create “${text}”`,
    none: "No match",
    noneYet: "Nothing to choose from",
    loading: "Loading…",
    failed: "The choices could not be loaded.",
    retry: "Try again",
    found: (count: number) => plural(count, "choice", "choices"),
    more: (count: number) => `${plural(count, "more", "more")}. Type to narrow them down.`,
    placeholder: "Choose",
    chosen: (count: number) => `${formatNumber(count)} chosen`,
    removed: (name: string) => `${name} removed`,
  },
};
