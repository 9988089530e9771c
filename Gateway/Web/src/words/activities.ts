// Activities, as every screen needs them.

export const words = {
  one: "activity",
  many: "activities",
  screen: "Activities",
  record: "Activity",
  create: "Log activity",
  groups: {
    what: "Activity",
    meeting: "Meeting",
    about: "About",
  },
};
