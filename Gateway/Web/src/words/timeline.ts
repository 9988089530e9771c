// Timelines of records: what happened, told in sentences that begin with who did it.

import { capital, listed } from "./sentences";

export const words = {
  days: { today: "Today", yesterday: "Yesterday", tomorrow: "Tomorrow" },
  more: "Show more",
  none: "Nothing has happened yet.",
  noMatch: "Nothing matches these filters.",
  all: "Show everything",
  retry: "Try again",
  showText: "Show all of it",
  hideText: "Show less",
  choice: {
    name: "What is shown",
    sorts: {
      call: "Calls",
      email: "E-mails",
      meeting: "Meetings",
      note: "Notes",
      task: "Tasks",
      change: "Changes",
    },
    member: "By whom",
    findMember: "Find a member",
    anybody: "By anybody",
    me: "By me",
    period: "When",
    anytime: "At any time",
  },
  parts: { tasks: "tasks", activities: "activities", history: "changes" } as Readonly<Record<string, string>>,
  /** @param parts - what is missing */
  gap: (parts: readonly string[]) =>
    `${capital(listed(parts))} are missing here: the services that have them do not answer just now.`,
  /** After the name of who did it, by kind and event. */
  did: {
    call: "made a call",
    email: "sent an e-mail",
    note: "wrote a note",
    meeting: {
      scheduled: "planned a meeting",
      completed: "had a meeting",
      cancelled: "cancelled a meeting",
      no_show: "was stood up at a meeting",
    } as Readonly<Record<string, string>>,
    task: { created: "added a task", completed: "completed a task" } as Readonly<Record<string, string>>,
    change: {
      status_changed: "changed the status",
      stage_changed: "moved it to another stage",
      assigned: "assigned it",
      won: "won it",
      lost: "lost it",
    } as Readonly<Record<string, string>>,
    file: "added a file",
    system: "logged this",
  },
  due: (when: string) => `due ${when}`,
  menu: (what: string) => `More for ${what}`,
  edit: "Edit",
  delete: "Delete",
};
