// Settings of the workspace: its name, and by which calendar it works.

import { isolated } from "./sentences";

const months = new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" });

export const words = {
  about: "What all members have in common: reports, reminders and forecasts go by this calendar.",
  name: "Name",
  zone: "Time zone",
  zoneHint: "Days begin and end in it.",
  locale: "Language and region",
  /** Before an amount: how it is written. */
  localeHint: (amount: string) => `Amounts are written as ${amount}.`,
  fiscalYear: "Fiscal year begins in",
  fiscalYearHint: "Quarters begin every third month from there.",
  months: Array.from({ length: 12 }, (_, month) => months.format(Date.UTC(2024, month, 15))),
  hours: {
    title: "Business hours",
    none: "There are none: work goes on at any time.",
    add: "Add hours",
    addWeek: "Add Monday to Friday",
    weekday: (place: string) => `Weekday ${place}`,
    start: (place: string) => `From, ${place}`,
    end: (place: string) => `To, ${place}`,
    between: "to",
    remove: (weekday: string) => `Remove hours of ${weekday}`,
    weekdays: {
      monday: "Monday",
      tuesday: "Tuesday",
      wednesday: "Wednesday",
      thursday: "Thursday",
      friday: "Friday",
      saturday: "Saturday",
      sunday: "Sunday",
    } as Readonly<Record<string, string>>,
  },
  holidays: {
    title: "Holidays",
    none: "There are none.",
    add: "Add holiday",
    date: (place: string) => `Day of holiday ${place}`,
    name: (place: string) => `Name of holiday ${place}`,
    namePlaceholder: "Name",
    remove: (name: string) => `Remove ${isolated(name)}`,
    unnamed: "holiday",
  },
  save: "Save workspace",
  saved: "Workspace saved",
  faults: {
    workspaceName: "Enter a name.",
    noTime: "Enter times from 00:00 to 24:00, such as 09:30.",
    notAfter: "Enter an end after the beginning.",
    overlap: "Choose hours that do not overlap others of that day.",
    tooMany: (most: number) => `Keep at most ${most} entries for a weekday.`,
    noDay: "Choose a day.",
    noName: "Enter a name.",
    twice: "Give each day once.",
    hours: "Correct the hours that are marked.",
    holidays: "Correct the holidays that are marked.",
  },
};
