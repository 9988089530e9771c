// What the parts say that every screen is made of.

import { formatNumber } from "../core/format";
import { plural } from "./counts";
import { isolated } from "./sentences";

export const words = {
  dialog: {
    close: "Close",
    cancel: "Cancel",
    late: "Still waiting for an answer",
  },
  leaving: {
    title: "Leave without saving?",
    what: "What you typed here is not saved yet. It would be lost.",
    stay: "Stay",
    leave: "Leave and lose it",
  },
  notice: {
    dismiss: "Dismiss",
    all: "Notices",
  },
  choice: {
    clear: (label: string) => `Clear ${isolated(label)}`,
    remove: (name: string) => `Remove ${isolated(name)}`,
    create: (text: string) => `Create “${isolated(text)}”`,
    none: "No match",
    noneYet: "Nothing to choose from",
    loading: "Loading…",
    failed: "The choices could not be loaded.",
    retry: "Try again",
    found: (count: number) => plural(count, "choice", "choices"),
    more: (count: number) => `${plural(count, "more", "more")}. Type to narrow them down.`,
    placeholder: "Choose",
    removed: (name: string) => `${isolated(name)} removed`,
  },
  saving: { idle: "", saving: "Saving…", saved: "Saved", failed: "Not saved" },
  sorting: {
    handle: (name: string) => `Move ${isolated(name)}`,
    menu: (name: string) => `Move ${isolated(name)} to…`,
    places: { up: "Move up", down: "Move down", top: "Move to top", bottom: "Move to bottom" },
    help: "Space lifts it, the arrow keys move it, Space or Enter drops it, Escape puts it back.",
    lifted: (name: string, place: number, count: number) =>
      `${isolated(name)} lifted, ${placeOf(place, count)}.`,
    moved: (name: string, place: number, count: number) => `${isolated(name)}: ${placeOf(place, count)}.`,
    dropped: (name: string, place: number, count: number) =>
      `${isolated(name)} dropped, ${placeOf(place, count)}.`,
    gaveBack: (name: string) => `${isolated(name)} is back where it was.`,
  },
  board: {
    help:
      "Space lifts a card, the arrow keys move it, Space or Enter drops it, Escape puts it back.",
    menu: (name: string) => `Move ${isolated(name)} to…`,
    handle: (name: string) => `Move ${isolated(name)}`,
    lifted: (name: string, column: string) => `${isolated(name)} lifted from ${isolated(column)}.`,
    moved: (name: string, column: string, place: number, count: number) =>
      `${isolated(name)}: ${isolated(column)}, ${placeOf(place, count)}.`,
    dropped: (name: string, column: string) => `${isolated(name)} dropped in ${isolated(column)}.`,
    gaveBack: (name: string) => `${isolated(name)} is back where it was.`,
    refused: (name: string, reason: string) => `${isolated(name)} is back where it was. ${reason}`,
  },
  date: {
    choose: (label: string) => `Choose ${isolated(label)} in a calendar`,
    previousMonth: "Previous month",
    nextMonth: "Next month",
    today: "Today",
    timeOf: (label: string) => `Time of ${isolated(label)}`,
    pattern: datePattern,
    missing: "Enter a date.",
    none: (example: string) => `Enter a date such as ${example}.`,
    noTime: (example: string) => `Enter a time such as ${example}.`,
    early: (least: string) => `Enter a date of ${least} or later.`,
    late: (most: string) => `Enter a date of ${most} or earlier.`,
  },
};

function placeOf(place: number, count: number): string {
  return `place ${formatNumber(place)} of ${formatNumber(count)}`;
}

/** How a locale writes a day: "MM/DD/YYYY". */
function datePattern(locale: string): string {
  const letters: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {
    year: "YYYY",
    month: "MM",
    day: "DD",
  };
  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    calendar: "gregory",
    numberingSystem: "latn",
  })
    .formatToParts(0)
    .map((part) => letters[part.type] ?? part.value)
    .join("");
}
