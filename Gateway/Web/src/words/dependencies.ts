// Dependencies between tasks.

export const words = {
  one: "dependency",
  many: "dependencies",
};
