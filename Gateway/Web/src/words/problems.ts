// Messages for failures: what happened, why, and what to do. Broken rules of fields
// are told as what to enter instead.

import { isolated } from "./sentences";
import { counted, type Noun } from "./counts";

export const words = {
  mostChosen: (most: number, kind: Noun) =>
    `Choose at most ${counted(most, kind)}, or all that match.`,
  retry: "Try again",
  reload: "Reload the page",
  back: (screen: string) => `Back to ${screen}`,
  unreachable: {
    title: "Leadmesh cannot be reached",
    advice: "No answer came. Check the connection, then try again.",
  },
  failed: "The request failed",
  broken: { title: "Something went wrong on this page", advice: "Reload the page." },
  stale: {
    title: "Someone else changed this in the meantime",
    advice: "Nothing was saved. Reload the page, then make your change again.",
  },
  suspended: { title: "This workspace is closed", advice: "Contact whoever operates it." },
  forbidden: {
    title: "Your role does not allow this",
    advice: "Ask an administrator of your workspace to do it, or to change your role.",
  },
  missing: {
    title: "There is no such record",
    advice: "It was deleted, or it is not shared with you.",
  },
  tooMany: { title: "Too many requests", advice: "Wait a few seconds, then try again." },
  unavailable: {
    title: "A part of Leadmesh is not available",
    advice: "It is usually back within seconds. Try again.",
  },
  /** A screen or form that broke, or did not load. */
  notShown: {
    title: (what: string) => `${what} could not be shown`,
    screen: "This screen",
    advice: "Part of it did not load, or it broke. What you typed is kept.",
  },
  /** What to do about a broken rule, without the full stop. */
  rules: {
    entry: "entry",
    nameTaken: (kind: string, name: string) => `Another ${kind} is already named ${isolated(name)}`,
    keyTaken: (kind: string, key: string) => `Another ${kind} already has the key ${isolated(key)}`,
    taken: (field: string) => `Another one already has this ${field}`,
    value: "Enter a value",
    name: "Enter a name",
    least: (count: string, what: string) => `Enter at least ${count} ${what}`,
    most: (count: string, what: string) => `Enter at most ${count} ${what}`,
    numberOfLeast: (least: string) => `Enter a number of at least ${least}`,
    numberOfMost: (most: string) => `Enter a number of at most ${most}`,
    numberBetween: (least: string, most: string) => `Enter a number from ${least} to ${most}`,
    wholeNumber: "Enter a whole number, or leave it empty",
    partOfItself: "Choose another one: this is the record itself, or a part of it",
    oneOf: (choices: string) => `Choose one of ${choices}`,
    /** "start date", "start time". */
    notBefore: (field: string) =>
      `Choose a ${field.endsWith("time") ? "time" : "day"} that is not before the ${field}`,
    enter: (what: string) => `Enter ${what}`,
    at: (fault: string, line: string, column: string) =>
      line === "1"
        ? `${fault} (at character ${column})`
        : `${fault} (at line ${line}, character ${column})`,
  },
};
