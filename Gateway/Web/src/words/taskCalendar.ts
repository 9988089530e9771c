// The calendar of tasks.

import { counted, plural } from "./counts";
import { isolated } from "./sentences";

const tasks = { one: "task", many: "tasks" };

export const words = {
  tasks: "Tasks",
  span: "Time shown",
  spans: { month: "Month", week: "Week", day: "Day" },
  previous: { month: "Previous month", week: "Previous week", day: "Previous day" },
  next: { month: "Next month", week: "Next week", day: "Next day" },
  today: "Today",
  week: (from: string, to: string) => `${from} – ${to}`,
  /** A day for people who cannot see the calendar. */
  day: (day: string, count: number) => (count === 0 ? day : `${day}, ${counted(count, tasks)}`),
  help: "Enter leads into a day, Escape out of it. Space lifts a task, the arrow keys move it, Space drops it.",
  add: (day: string) => `New task on ${day}`,
  addShort: "New task",
  more: (count: number) => plural(count, "more", "more"),
  moreOf: (count: number, day: string) => `${plural(count, "more task", "more tasks")} on ${day}`,
  rest: "Open the day",
  restOf: (day: string) => `Open ${day}`,
  /** Of more tasks than are loaded. */
  cut: (count: string, day: string) =>
    `Only the first ${count} tasks are shown here, up to ${day}. Filter them, or look at a week or a day.`,
  none: "No task is due here.",
  noneOnDay: "No task is due on this day.",
  overdue: "overdue",
  priority: (priority: string) => `${priority} priority`,
  move: (title: string) => `Move ${isolated(title)} to…`,
  moves: { tomorrow: "The next day", before: "The day before", week: "A week later", other: "Another day…" },
  moveTo: {
    title: (title: string) => `Move ${isolated(title)}`,
    day: "New day",
    save: "Move task",
    none: "Choose a day.",
  },
};
