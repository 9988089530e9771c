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
  groups: {
    task: "Task",
    people: "People",
    about: "Part of",
  },
};
