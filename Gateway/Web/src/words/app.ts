// The frame around the screens: navigation, top bar, notices.

import { plural } from "./counts";
import { isolated } from "./sentences";

export const words = {
  product: "Leadmesh",
  skip: "Skip to the content",
  undo: "Undo",
  undone: (what: string) => `Undone: ${what}`,
  form: "This form",
  navigation: {
    name: "Main",
    widen: "Widen navigation",
    narrow: "Narrow navigation",
    more: "More",
    groups: { work: "Work", manage: "Manage" },
  },
  top: {
    palette: "Command palette (Ctrl K)",
    create: "New record of another kind",
    new: "New",
    search: (many: string) => `Search ${many}`,
    searchAll: "Search everything",
  },
  bell: {
    title: "Notifications",
    news: "New notifications",
    unread: { one: "unread notification", many: "unread notifications" },
    /** What has just come: its title if it is one, and how many are unread by now. */
    arrived: (count: number, title: string, unread: string) =>
      `${count === 1 && title !== "" ? title : plural(count, "new notification", "new notifications")}. ${unread}.`,
  },
  person: {
    menu: "You",
    button: (name: string) => `You: ${isolated(name)}`,
    title: (name: string, role: string) => `${isolated(name)} · ${role}`,
    password: "Change password",
    theme: "Theme",
    shortcuts: "Keyboard shortcuts",
    signOut: "Sign out",
    notSignedOut:
      "You are still signed in: Leadmesh could not be reached to sign you out. Try again.",
  },
  themes: { system: "Same as the device", light: "Light", dark: "Dark" },
  offline: {
    name: "Connection",
    what: "Leadmesh cannot be reached. What you typed is kept, but not saved yet.",
    retry: "Try again",
  },
  nowhere: {
    screen: "Nothing here",
    title: "There is nothing at this address",
    advice: "Check it for a typing mistake, or choose a screen in the navigation.",
  },
  notAllowed: {
    title: "Your role does not allow this",
    advice: (screen: string) =>
      `${screen} needs a permission that you do not have. Ask an administrator of your workspace.`,
  },
  start: "Go to the start",
};
