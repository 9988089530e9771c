// The texts of the parts that every screen is made of.

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
};
