// The dialogs of a list: its columns, its board, and the form for a view.

import type { Noun } from "./counts";

export const words = {
  columns: {
    title: "Columns",
    help: (first: string) =>
      `Where there is no room for all of them, the last ones are left out. ${first} always comes first.`,
    noRoom: "No room at this width",
    shown: "Columns shown",
    notShown: "Columns not shown",
    usual: "Usual columns",
    take: "Show these columns",
  },
  view: {
    save: "Save view",
    change: "Change view",
    label: "Name",
    share: "Share it with everyone in the workspace",
  },
  board: {
    name: "Board",
    failed: "Could not be loaded. Try again",
    more: "Show more",
    notYours: (kind: Noun) => `Your role does not let you change this ${kind.one}.`,
    overtaken: "Not moved: someone else moved it just now.",
  },
};
