// The forecast, as the navigation and the palette name it.

export const words = {
  screen: "Forecast",
};
