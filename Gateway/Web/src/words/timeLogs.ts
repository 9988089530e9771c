// Logged time.

export const words = {
  one: "time log",
  many: "time logs",
};
