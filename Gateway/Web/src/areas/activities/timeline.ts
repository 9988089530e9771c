import type { TimelineEntry, TimelineGap } from "../../core/api.generated";
import { addDays, today } from "../../core/dates";
import { locale } from "../../core/format";
import { type Period, spanOf } from "../../core/periods";
import { words as all } from "../../words/timeline";

const words = all.days;
const wording = locale.startsWith("en") ? locale : "en";

/** What of a timeline is shown, and what is behind it. */
export interface Told {
  /** Newest first. */
  entries: readonly TimelineEntry[];
  /** The token of what comes after; "" for nothing. */
  next: string;
  /** What is missing. */
  gaps: readonly TimelineGap[];
}

/** Which part of a timeline has an entry: what a gap says is missing. */
export function partOf({ record_id }: TimelineEntry, record: string): string {
  if (record_id === record) return "history";
  return record_id.startsWith("task_") ? "tasks" : "activities";
}

/** Tells an entry from all others of a timeline, also after its time was changed. */
export function keyOf(entry: TimelineEntry, record: string): string {
  const { record_id, time, data } = entry;
  const event = data?.event ?? "";
  switch (partOf(entry, record)) {
    case "history":
      return `${time} ${event}`;
    case "tasks":
      return `${record_id} ${event}`;
    default:
      return record_id;
  }
}

/** With the page after what is shown. What was missing before may stand among what is shown already. */
export function continued(told: Told, page: Told, record: string): Told {
  const known = new Set(told.entries.map((entry) => keyOf(entry, record)));
  const further = page.entries.filter((entry) => !known.has(keyOf(entry, record)));
  return {
    entries: inOrder([...told.entries, ...further]),
    next: page.next,
    gaps: withoutRepeats([...told.gaps, ...page.gaps]),
  };
}

/**
 * With the beginning as it is now. What is further down stays, and so does what a service that does not answer has
 * told before.
 */
export function refreshed(told: Told, page: Told, record: string): Told {
  const last = page.entries[page.entries.length - 1];
  const missing = new Set(page.gaps.map(({ part }) => part));
  const fresh = new Set(page.entries.map((entry) => keyOf(entry, record)));
  const isBehind = ({ time }: TimelineEntry) =>
    page.next !== "" && (last === undefined || sortable(time) <= sortable(last.time));
  const others = told.entries.filter((entry) => !fresh.has(keyOf(entry, record)));
  const behind = others.filter(isBehind);
  const kept = others.filter((entry) => missing.has(partOf(entry, record)) && !isBehind(entry));
  return {
    entries: inOrder([...page.entries, ...kept, ...behind]),
    next: behind.length > 0 ? told.next : page.next,
    gaps: page.gaps,
  };
}

/** Newest first; those of the same time stay as they are. */
function inOrder(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const timed = entries.map((entry) => ({ entry, at: sortable(entry.time) }));
  return timed.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).map(({ entry }) => entry);
}

/** A time of the API, which has as many decimals as it needs, as a text that is in order. */
function sortable(time: string): string {
  return time.replace(/(?:\.(\d+))?Z$/, (_, decimals: string = "") => `.${decimals.padEnd(9, "0")}`);
}

function withoutRepeats(gaps: readonly TimelineGap[]): readonly TimelineGap[] {
  return gaps.filter((gap, place) => gaps.findIndex(({ part }) => part === gap.part) === place);
}

/** The entries of one day of the reader's. */
export interface Day {
  /** `YYYY-MM-DD`. */
  day: string;
  title: string;
  entries: readonly TimelineEntry[];
}

export function daysOf(entries: readonly TimelineEntry[], now: Date): readonly Day[] {
  const days: (Day & { entries: TimelineEntry[] })[] = [];
  for (const entry of entries) {
    const day = today(new Date(entry.time));
    const last = days[days.length - 1];
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, title: dayTitle(day, now), entries: [entry] });
  }
  return days;
}

/** "Today", "Yesterday", "Friday, November 20"; with the year where it is another one. */
export function dayTitle(day: string, now: Date): string {
  const present = today(now);
  if (day === present) return words.today;
  if (day === addDays(present, -1)) return words.yesterday;
  if (day === addDays(present, 1)) return words.tomorrow;
  const isThisYear = day.slice(0, 4) === present.slice(0, 4);
  return new Intl.DateTimeFormat(wording, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
    timeZone: "UTC",
  }).format(Date.parse(`${day}T00:00:00Z`));
}

/** What a timeline can be narrowed to, and the kinds of entries of each. */
export const sorts = {
  call: ["call"],
  email: ["email"],
  meeting: ["meeting"],
  note: ["note"],
  task: ["task"],
  change: ["status_change", "field_update", "system", "file"],
} as const;

export type Sort = keyof typeof sorts;

/** What of a timeline a member wants to see. */
export interface Choice {
  /** None for all. */
  sorts: readonly Sort[];
  /** A member's id; "" for all. */
  member: string;
  /** "" for any time. */
  period: Period | "";
}

export const everything: Choice = { sorts: [], member: "", period: "" };

/** A choice as the API is asked for it. */
export function timelineQuery(choice: Choice, now: Date, firstDay: number): Record<string, string> {
  const { from, to } = choice.period === "" ? { from: null, to: null } : spanOf(choice.period, now, firstDay);
  const kinds = choice.sorts.flatMap((sort) => sorts[sort]);
  return {
    kinds: kinds.join(","),
    member_id: choice.member,
    start_time: from?.toISOString() ?? "",
    end_time: to?.toISOString() ?? "",
  };
}

/** A text of more than this is folded. */
const mostCharacters = 360;
const mostLines = 6;

/** Whether a text is so long that it is folded at first. */
export function isLong(text: string): boolean {
  return text.length > mostCharacters || text.split("\n").length > mostLines;
}
