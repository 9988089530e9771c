// Notifications: at the bell, on their page, and what is muted.

import { plural } from "./counts";
import { capital, isolated, listed } from "./sentences";

export const words = {
  one: "notification",
  many: "notifications",
  title: "Notifications",
  all: "All notifications",
  product: "Leadmesh",
  unread: "Unread: ",
  late: "Late",
  lateBecause: "Came more than five minutes after its moment, as Leadmesh was not running.",
  which: "Which notifications",
  tabs: { unread: "Unread", all: "All", archived: "Archived" },
  markRead: "Mark as read",
  markUnread: "Mark as unread",
  archive: "Archive",
  unarchive: "Take back from the archive",
  archived: "Notification archived",
  readThemAll: "Mark all as read",
  readAll: (count: number) =>
    count === 0 ? "All were read already" : `${plural(count, "notification", "notifications")} marked as read`,
  /** What one is about, for who hears it. */
  named: (title: string, record: string) => (record === "" ? title : `${title}: ${isolated(record)}`),
  more: (name: string) => `More for ${name}`,
  /** After the name of the last one, where one stands for many. */
  andMore: (count: number) => `and ${plural(count, "more", "more")}`,
  fresh: (count: number) => `Show ${plural(count, "new one", "new ones")}`,
  showMore: "Show more",
  clear: "Remove filters",
  retry: "Try again",
  gaps: (services: readonly string[]) =>
    `${capital(listed(services))} cannot be reached at the moment. Notifications about their records are missing here.`,
  none: {
    unread: { title: "Nothing unread", reason: "What you have not read yet is listed here." },
    all: {
      title: "No notifications",
      reason: "You are told here when others assign leads or tasks to you, and when something is due.",
    },
    archived: { title: "Nothing archived", reason: "Notifications that you archive are kept here." },
    filtered: { title: "No notification like that", reason: "None of these meets the filters." },
  },
  mute: {
    one: "mute",
    many: "mutes",
    title: "Muted",
    section: "Muted notifications",
    about: "You are not told of what is listed here. Whatever you mute in a notification's menu is added.",
    kind: (kind: string) => `Mute “${kind}”`,
    record: (name: string) => `Mute ${isolated(name)}`,
    done: (what: string) => `Muted: ${isolated(what)}`,
    unmute: "Unmute",
    unmuteOf: (what: string) => `Unmute ${isolated(what)}`,
    unmuted: (what: string) => `No longer muted: ${isolated(what)}`,
    ofRecord: (kind: string, name: string) => `${kind}, ${isolated(name)}`,
    what: "What",
    of: "About",
    since: "Since",
    change: "Change",
    everything: "Everything",
    allRecords: "All records",
    none: {
      title: "Nothing is muted",
      reason: "In the menu of a notification you can mute its kind, or everything about its record.",
    },
  },
};
