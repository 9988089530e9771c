import { addDays, addMonths, readDay, today, type Weekday, weekdayOf } from "../../core/dates";
import { locale } from "../../core/format";
import { momentAt, readTime } from "../../core/moments";
import { firstRule, type Frequency, ruleText } from "./recurring";

// A task as people jot it down: "Call Ada tomorrow 9", "Send the report every Monday !high". What is said of its due
// time, how it recurs and its priority stands at the end, in any order.

export interface QuickTask {
  title: string;
  /** RFC 3339; "" for none. */
  due: string;
  /** A rule of RFC 5545; "" for none. */
  rule: string;
  /** "" for none. */
  priority: string;
}

/** When something is due that has a day and no time. */
const usualTime = "17:00";
const lastTime = "23:59";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const weekday =
  "(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";
const month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
const time = "\\d{1,2}(?:[:.h]\\d{2})?(?: ?[ap]\\.?m\\.?)?";
/** A time that is one without any word before it. */
const plainTime = "\\d{1,2}(?:[:.]\\d{2} ?(?:[ap]\\.?m\\.?)?| ?[ap]\\.?m\\.?)";
const days = [
  "today",
  "tomorrow",
  `(?:next |this )?${weekday}`,
  "next week",
  "next month",
  "in \\d{1,3} (?:minutes?|min|hours?|h|days?|weeks?|months?)",
  "\\d{4}-\\d{2}-\\d{2}",
  `\\d{1,2}\\.? ${month}(?: \\d{4})?`,
  `${month} \\d{1,2}(?:, ?\\d{4})?`,
  "\\d{1,2}[./]\\d{1,2}(?:[./]\\d{2,4})?",
].join("|");
const someDays = `${weekday}(?:(?:,| and|, and) ${weekday})*`;
const series = `every (?:weekday|day|week|month|year|\\d{1,3} (?:days|weeks|months|years)|${someDays})`;

/** What stands at the end of a text, after a blank: the last of these is read first, then what is before it. */
const endings = {
  priority: /(?:^|\s)!(low|medium|high|urgent)$/i,
  series: new RegExp(`(?:^|\\s)(${series})(?:,? (?:at )?(${time}))?$`, "i"),
  day: new RegExp(`(?:^|\\s)(?:on |by |due )?(${days})(?:,? (?:at )?(${time}))?$`, "i"),
  time: new RegExp(`(?:^|\\s)(?:at (${time})|(${plainTime}))$`, "i"),
};

/** Reads what was typed; what is not understood belongs to the title, and so does all if nothing else is left. */
export function readQuickTask(typed: string, now: Date): QuickTask {
  const whole = typed.trim().replace(/\s+/g, " ");
  let [title, priority, day, at, every] = [whole, "", "", "", ""];
  for (let before = ""; before !== title; ) {
    before = title;
    const found = Object.entries(endings).flatMap(([is, pattern]) => {
      const match = pattern.exec(title);
      return match === null ? [] : [{ is, match }];
    });
    const first = found.find(({ is }) => !isGiven(is));
    if (first === undefined) break;
    const [ending = "", ...parts] = first.match;
    if (first.is === "priority") priority = (parts[0] ?? "").toLowerCase();
    else if (first.is === "time") at = parts[0] ?? parts[1] ?? "";
    else if (first.is === "day") [day, at] = [parts[0] ?? "", at || (parts[1] ?? "")];
    else [every, at] = [parts[0] ?? "", at || (parts[1] ?? "")];
    title = title.slice(0, title.length - ending.length).trimEnd();
  }
  function isGiven(is: string): boolean {
    return { priority, day, time: at, series: every }[is] !== "";
  }
  const clock = at === "" ? "" : readTime(at);
  if (title === "" || clock === null) return { title: whole, due: "", rule: "", priority: "" };
  const rule = every === "" ? "" : ruleOf(every);
  return { title, due: dueOf({ day: day.toLowerCase(), clock, every: every.toLowerCase() }, now), rule, priority };
}

interface Said {
  /** Such as "next friday"; "" for none. */
  day: string;
  /** "HH:MM"; "" for none. */
  clock: string;
  /** Such as "every monday"; "" for none. */
  every: string;
}

/** When it is due; for what recurs, the first time. */
function dueOf({ day, clock, every }: Said, now: Date): string {
  if (day === "" && clock === "" && every === "") return "";
  const soon = /^in (\d+) (min|h)/.exec(day);
  if (soon !== null) {
    const minutes = Number(soon[1]) * (soon[2] === "h" ? 60 : 1);
    return momentOf(new Date(now.getTime() + minutes * 60_000));
  }
  const said = day === "" ? null : dayOf(day, now);
  const present = today(now);
  const isPast = (on: string) => momentAt(on, clock || lastTime) <= momentOf(now);
  // Without a day, the next one on which that time is to come, and on which it recurs.
  let on = said ?? (isPast(present) ? addDays(present, 1) : present);
  const wanted = weekdaysIn(every);
  for (let tries = 0; tries < 7 && wanted.length > 0 && !wanted.includes(weekdayOf(on)); tries += 1) {
    on = addDays(on, 1);
  }
  return clock === "" ? dueOn(on, now) : momentAt(on, clock);
}

/** When something is due on a day without a time of its own. */
export function dueOn(day: string, now: Date): string {
  return momentAt(day, momentAt(day, usualTime) > momentOf(now) ? usualTime : lastTime);
}

function momentOf(date: Date): string {
  return new Date(Math.ceil(date.getTime() / 60_000) * 60_000).toISOString().replace(".000Z", "Z");
}

/** A day by its words, as `YYYY-MM-DD`; a weekday is the coming one, and the next one that of the next week. */
function dayOf(said: string, now: Date): string | null {
  const present = today(now);
  const [, which, name] = new RegExp(`^(next |this )?(${weekday})$`).exec(said) ?? [];
  if (name !== undefined) {
    const wanted = weekdayNumber(name);
    const coming = addDays(present, ((wanted - weekdayOf(present) + 6) % 7) + 1);
    if (which !== "next ") return coming;
    return addDays(addDays(present, 1 - weekdayOf(present)), 7 + wanted - 1);
  }
  if (said === "next week") return addDays(present, 7);
  if (said === "next month") return addMonths(present, 1);
  const [, count, unit = ""] = /^in (\d+) (\w+?)s?$/.exec(said) ?? [];
  if (count !== undefined) {
    if (unit === "month") return addMonths(present, Number(count));
    return addDays(present, Number(count) * (unit === "week" ? 7 : 1));
  }
  const day = readDay(said, locale, now);
  // Without a year, it is the next one that comes.
  return day !== null && day < present && !/\d{4}/.test(said) ? addMonths(day, 12) : day;
}

function weekdayNumber(name: string): Weekday {
  return (weekdays.findIndex((each) => each.startsWith(name.slice(0, 3))) + 1) as Weekday;
}

/** The days of the week that "every monday and friday" names. */
function weekdaysIn(every: string): readonly Weekday[] {
  if (every === "every weekday") return [1, 2, 3, 4, 5];
  const names = every.match(new RegExp(`\\b${weekday}\\b`, "g")) ?? [];
  return [...new Set(names.map(weekdayNumber))].sort();
}

const frequencyOf: Readonly<Record<string, Frequency>> = {
  day: "daily",
  week: "weekly",
  month: "monthly",
  year: "yearly",
};

function ruleOf(said: string): string {
  const every = said.toLowerCase();
  const on = weekdaysIn(every);
  if (on.length > 0) return ruleText({ ...firstRule, weekdays: on });
  const [, count = "1", unit = ""] = /^every (?:(\d+) )?(\w+?)s?$/.exec(every) ?? [];
  return ruleText({ ...firstRule, frequency: frequencyOf[unit] ?? "weekly", interval: Math.max(1, Number(count)) });
}
