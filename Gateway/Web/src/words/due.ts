// When a task is due.

export const words = {
  /** By the days from today. */
  near: { [-1]: "Yesterday", 0: "Today", 1: "Tomorrow" } as Readonly<Record<number, string>>,
  at: (day: string, time: string) => `${day} ${time}`,
  on: (day: string, time: string) => `${day}, ${time}`,
};
