// Projects, as every screen needs them.

export const words = {
  one: "project",
  many: "projects",
  screen: "Projects",
  record: "Project",
  create: "New project",
  groups: {
    project: "Project",
    people: "People",
  },
};
