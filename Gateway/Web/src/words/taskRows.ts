// A task in a list, wherever it stands, and its completion.

import { plural } from "./counts";
import { isolated } from "./sentences";

export const words = {
  groups: {
    overdue: "Overdue",
    today: "Today",
    soon: "Next 7 days",
    later: "Later",
    undated: "No date",
  },
  group: (title: string, count: string) => `${title} (${count})`,
  row: {
    complete: (title: string) => `Complete ${isolated(title)}`,
    isCompleted: (title: string) => `${isolated(title)} is completed`,
    recurs: "Recurs",
    overdue: (when: string) => `Overdue: ${when}`,
    due: (when: string) => `Due: ${when}`,
    others: (count: number) => plural(count, "more", "more"),
  },
  completing: {
    complete: "Complete",
    reopen: "Reopen",
    done: (title: string) => `${isolated(title)} completed`,
    doneAndNext: (title: string) => `${isolated(title)} completed, and the next one made`,
    reopened: (title: string) => `${isolated(title)} is open again`,
    next: (title: string) => `${isolated(title)} is open again; the next one stays`,
    changedAgain: "The task was changed again, so nothing was undone",
  },
};
