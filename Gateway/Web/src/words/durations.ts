// Lengths of time that people worked, which stay on one line.

export const words = {
  lessThanMinute: "less than a minute",
  minutes: (minutes: string) => `${minutes}\u00a0min`,
  hours: (hours: string) => `${hours}\u00a0h`,
  both: (hours: string, minutes: string) => `${hours}\u00a0h ${minutes}\u00a0min`,
};
