// The start screen, as the navigation says it.

export const words = {
  screen: "Home",
};
