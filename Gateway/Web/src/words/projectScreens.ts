// The screens of projects.

export const words = {
  none: "There are none yet. A project has a beginning, an end, members, and their tasks.",
  formHint: "Its members hold it, and all of its tasks.",
  tasks: "Open tasks",
  noTasks: "No open tasks",
  all: "Show all",
};
