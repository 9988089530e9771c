// The screens of activities, and the composer on the page of a record.

import { isolated } from "./sentences";

export const words = {
  none: "No call, meeting, e-mail or note is yours, or about a record that you may see.",
  noneToAdd: "There are none yet. Log a call, an e-mail or a meeting, or write a note, here or on a record’s page.",
  composer: {
    name: "Log something",
    types: "What is logged",
    tabs: { note: "Note", call: "Call", email: "E-mail", meeting: "Meeting", task: "Task" },
    send: {
      note: "Save note",
      call: "Log call",
      email: "Log e-mail",
      meeting: "Save meeting",
    },
    logged: {
      note: "Note saved",
      call: "Call logged",
      email: "E-mail logged",
      meeting: "Meeting saved",
    },
    removed: "It is removed again",
  },
  form: {
    type: "Type",
    note: "Note",
    call: "What was said",
    email: "What it said",
    title: "Title",
    now: "Now, if it is left empty.",
    begins: "Begins",
    tookHint: "Such as 15 min or 1:30",
    usual: "Usual outcomes",
    outcomes: ["Reached", "No answer", "Left a message", "Busy", "Wrong number"],
    stateHint: "Scheduled if it is yet to come, else completed.",
    there: (clock: string, zone: string) => `${clock} in ${zone}`,
    reminder: "Reminder",
    never: "None",
    atStart: "When it begins",
    edit: (what: string) => `Edit ${isolated(what)}`,
    save: "Save",
  },
  reminder: {
    atStart: "when it begins",
  },
  deleted: "Activity deleted",
  refusals: {
    empty: "Write something.",
    aboutNothing: "Choose what it was about, or write what was said.",
    noTitle: "Enter what it is about.",
    future: "Choose a time that has been: only a meeting can be yet to come.",
    twice: "Name each record once.",
    ofMeetings: "Leave this empty: only a meeting has it.",
  },
};
