// The sections of settings, as the navigation, their tabs and the palette name them.

export const words = {
  settings: "Settings",
  members: "Members",
  statuses: "Lead statuses",
  sources: "Lead sources",
  scoring: "Scoring",
  password: "Your password",
};
