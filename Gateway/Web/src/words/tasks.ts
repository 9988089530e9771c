// Tasks, as every screen needs them.

export const words = {
  one: "task",
  many: "tasks",
  screen: "Tasks",
  record: "Task",
  mine: "My tasks",
  all: "All tasks",
  create: "New task",
  complete: "Complete",
  views: {
    due: "Open by due date",
    priority: "Open by priority",
    mine: "Mine",
    team: "My teams’",
    overdue: "Overdue",
  },
  groups: {
    task: "Task",
    people: "People",
    about: "Part of",
  },
};
