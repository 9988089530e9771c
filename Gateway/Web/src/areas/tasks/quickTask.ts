import { addDays, today, type Weekday, weekdayOf } from "../../core/dates";
import { locale as readersLocale } from "../../core/format";
import { momentAt } from "../../core/moments";
import { clock, plainClock, readClock } from "./quickClock";
import { dayAtEnd, otherOrder, type Reading, weekday, weekdayNumber } from "./quickDays";
import { type End, firstRule, type Frequency, ruleText } from "./recurring";

// A task as people jot it down: "Call Ada tomorrow 9", "Send the report every Monday !high". What is said of its due
// time, how it recurs and its priority stands at the end, in any order.

export interface QuickTask {
  /** "" if nothing is said of what is to be done. */
  title: string;
  /** RFC 3339; "" for none. */
  due: string;
  /** A rule of RFC 5545; "" for none. */
  rule: string;
  /** "" for none. */
  priority: string;
  /** A day at its end that does not exist, as it was typed, and so is part of the title; "" for none. */
  noDay: string;
  /** How the locale writes the day that was probably meant; "" for none. */
  meant: string;
}

/** When something is due that has a day and no time. */
const usualTime = "17:00";
const eveningTime = "20:00";
const lastTime = "23:59";

const someDays = `${weekday}(?:(?:,| and|, and) ${weekday})*`;
const series = `every (?:weekday|day|week|month|year|\\d{1,3} (?:days|weeks|months|years)|${someDays})`;
const atTime = `,? (?:at )?(${clock})`;
const endings = {
  priority: /(?:^|\s)!(low|medium|high|urgent)$/i,
  until: /^(.*[^\s,]),? (?:until|till) (\S.*)$/i,
  series: new RegExp(`(?:^|\\s)(${series})(?:${atTime})?$`, "i"),
  clock: new RegExp(`^(.*?)${atTime}$`, "i"),
  at: new RegExp(`(?:^|\\s)at (?:${clock})$`, "i"),
  minutes: /(?:^|\s)(in \d{1,3} (?:minutes?|min|hours?|h))$/i,
  alone: new RegExp(`(?:^|\\s)(?:at (${clock})|(${plainClock}))$`, "i"),
};

/** What was read so far, from the end of the text on. */
interface Said {
  title: string;
  priority: string;
  /** `YYYY-MM-DD`; "" for none. */
  day: string;
  isTonight: boolean;
  /** Such as "in 20 minutes"; "" for none. */
  soon: string;
  /** "HH:MM"; "" for none. */
  at: string;
  /** Such as "every monday"; "" for none. */
  every: string;
  end: End;
  noDay: string;
}

/** Reads what was typed; what is not understood belongs to the title. */
export function readQuickTask(typed: string, now: Date, locale = readersLocale): QuickTask {
  const reading = { now, locale };
  let said: Said = {
    title: typed.trim().replace(/\s+/g, " "),
    priority: "",
    day: "",
    isTonight: false,
    soon: "",
    at: "",
    every: "",
    end: { is: "never" },
    noDay: "",
  };
  for (let more: Said | null = said; more !== null; more = more.noDay === "" ? next(said, reading) : null) said = more;
  const { title, priority, every, end, noDay } = said;
  return {
    title,
    due: dueOf(said, now),
    rule: every === "" ? "" : ruleOf(every, end),
    priority,
    noDay,
    meant: noDay === "" ? "" : otherOrder(noDay, reading),
  };
}

/** What is said with what the title ends with now; null if that is nothing more than a title. */
function next(said: Said, reading: Reading): Said | null {
  return nextPriority(said) ?? nextSeries(said, reading) ?? nextDay(said, reading) ?? nextClock(said, reading);
}

function nextPriority(said: Said): Said | null {
  const found = said.priority === "" ? endings.priority.exec(said.title) : null;
  return found === null ? null : { ...said, title: before(said.title, found), priority: (found[1] ?? "").toLowerCase() };
}

/** "every Monday at 9 until 12 Dec". */
function nextSeries(said: Said, reading: Reading): Said | null {
  if (said.every !== "") return null;
  const [, repeated, last] = endings.until.exec(said.title) ?? [];
  if (repeated !== undefined && last !== undefined) {
    const day = whenAtEnd(`on ${last}`, reading);
    if (day !== null && day.rest === "" && day.day !== "") {
      const found = seriesAtEnd({ ...said, title: repeated }, reading);
      if (found !== null) return { ...found, at: found.at || day.at, end: { is: "on", day: day.day } };
    }
  }
  return seriesAtEnd(said, reading);
}

function seriesAtEnd(said: Said, reading: Reading): Said | null {
  const found = endings.series.exec(said.title);
  if (found === null) return null;
  const at = readClock(found[2] ?? "", reading.locale);
  if (at === null) return null;
  return { ...said, title: before(said.title, found), every: (found[1] ?? "").toLowerCase(), at: said.at || at };
}

function nextDay(said: Said, reading: Reading): Said | null {
  if (said.day !== "" || said.soon !== "") return null;
  const found = endings.minutes.exec(said.title);
  if (found !== null) return { ...said, title: before(said.title, found), soon: (found[1] ?? "").toLowerCase() };
  const when = whenAtEnd(said.title, reading);
  if (when === null) return null;
  if (when.day === "") return { ...said, noDay: when.said };
  const isTonight = when.said.toLowerCase() === "tonight";
  return { ...said, title: when.rest, day: when.day, isTonight, at: said.at || when.at };
}

/** The day at the end of a text, with a time of day or without; "" for the time of one without. */
function whenAtEnd(text: string, reading: Reading) {
  const [, earlier, typed] = endings.clock.exec(text) ?? [];
  const day = earlier === undefined ? null : dayAtEnd(earlier, reading);
  const at = day === null ? null : readClock(typed ?? "", reading.locale, /tonight$/i.test(day.said));
  const timed = day === null || at === null ? null : { ...day, at };
  if ((timed !== null && timed.day !== "") || endings.at.test(text)) return timed;
  const whole = dayAtEnd(text, reading);
  return whole === null || (whole.day === "" && timed !== null) ? timed : { ...whole, at: "" };
}

function nextClock(said: Said, reading: Reading): Said | null {
  const found = said.at === "" ? endings.alone.exec(said.title) : null;
  if (found === null) return null;
  const at = readClock(found[1] ?? found[2] ?? "", reading.locale, said.isTonight, found[1] !== undefined);
  return at === null ? null : { ...said, title: before(said.title, found), at };
}

function before(text: string, { index }: RegExpExecArray): string {
  return text.slice(0, index).trimEnd();
}

/** When it is due; for what recurs, the first time. */
function dueOf({ day, isTonight, soon, at, every }: Said, now: Date): string {
  if (soon !== "") {
    const [, count, unit] = /^in (\d+) (min|h)/.exec(soon) ?? [];
    return momentOf(new Date(now.getTime() + Number(count) * (unit === "h" ? 60 : 1) * 60_000));
  }
  if (day === "" && at === "" && every === "") return "";
  const present = today(now);
  const isPast = (on: string) => momentAt(on, at || lastTime) <= momentOf(now);
  // Without a day, the next one on which that time is to come, and on which it recurs.
  let on = day || (isPast(present) ? addDays(present, 1) : present);
  const wanted = weekdaysIn(every);
  for (let tries = 0; tries < 7 && wanted.length > 0 && !wanted.includes(weekdayOf(on)); tries += 1) {
    on = addDays(on, 1);
  }
  if (at !== "") return momentAt(on, at);
  return isTonight && momentAt(on, eveningTime) > momentOf(now) ? momentAt(on, eveningTime) : dueOn(on, now);
}

/** When something is due on a day without a time of its own. */
export function dueOn(day: string, now: Date): string {
  const isOver = day === today(now) && momentAt(day, usualTime) <= momentOf(now);
  return momentAt(day, isOver ? lastTime : usualTime);
}

function momentOf(date: Date): string {
  return new Date(Math.ceil(date.getTime() / 60_000) * 60_000).toISOString().replace(".000Z", "Z");
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

function ruleOf(every: string, end: End): string {
  const on = weekdaysIn(every);
  if (on.length > 0) return ruleText({ ...firstRule, weekdays: on, end });
  const [, count = "1", unit = ""] = /^every (?:(\d+) )?(\w+?)s?$/.exec(every) ?? [];
  const interval = Math.max(1, Number(count));
  return ruleText({ ...firstRule, frequency: frequencyOf[unit] ?? "weekly", interval, end });
}
