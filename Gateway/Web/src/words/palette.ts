// The command palette and keyboard shortcuts.

import { capital, listed } from "./sentences";

export const words = {
  palette: {
    title: "Command palette",
    input: "Go to, do or find",
    placeholder: "Go to, do or find…",
    list: "Commands",
    nothing: "Nothing found.",
    groups: { go: "Go to", do: "Do" },
    all: (many: string) => `All ${many} with these words`,
    unavailable: (services: readonly string[]) =>
      `${capital(listed(services))} cannot be searched at the moment. Try again in a minute.`,
    failed: "Records cannot be searched at the moment. Try again in a minute.",
    undo: (what: string) => `Undo: ${what}`,
    signOut: "Sign out",
    useTheme: {
      system: "Use the theme of the device",
      light: "Use the light theme",
      dark: "Use the dark theme",
    },
  },
  shortcuts: {
    title: "Keyboard shortcuts",
    /** The names of keys, as they are printed on them. */
    keys: { control: "Ctrl", enter: "Enter", escape: "Esc", space: "Space", shift: "Shift", home: "Home", end: "End" },
    everywhere: {
      title: "Everywhere",
      palette: "Go to, do or find anything",
      search: "Search",
      undo: "Undo the last change",
      help: "Show these shortcuts",
      escape: "Close what is open, or cancel an edit",
    },
    list: {
      title: "In a list",
      move: "Move between cells",
      open: "Open a record, or edit a cell",
      edit: "Edit a cell",
      choose: "Choose a row",
      range: "Choose a range of rows",
      all: "Choose all rows that are loaded",
      start: "Go to the beginning of the list",
      end: "Go to the end of the list",
    },
    record: {
      title: "On a record",
      next: "Next record in the list",
      previous: "Previous record in the list",
    },
  },
};
