// The words for numbers and times.

export const words = {
  justNow: "just now",
  bytes: ["bytes", "KB", "MB", "GB"],
  seconds: (seconds: string) => `${seconds} s`,
  noTime: "less than 0.1 s",
  minutes: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
  lessThanMinute: "less than a minute",
  spent: {
    minutes: (count: number) => counted(count, "minute"),
    hours: (count: number) => counted(count, "hour"),
    days: (count: number) => counted(count, "day"),
  },
  /** Periods, as they follow "Created is". */
  periods: {
    today: "today",
    yesterday: "yesterday",
    this_week: "this week",
    last_week: "last week",
    this_month: "this month",
    last_month: "last month",
    this_year: "this year",
    last_7_days: "in the last 7 days",
    last_30_days: "in the last 30 days",
    before_30_days: "more than 30 days ago",
    tomorrow: "tomorrow",
    next_week: "next week",
    next_7_days: "in the next 7 days",
  },
} as const;

function counted(count: number, unit: string): string {
  return `${count} ${count === 1 ? unit : `${unit}s`}`;
}
