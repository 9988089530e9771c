// The forecast, as named in the navigation and the palette.

export const words = {
  screen: "Forecast",
};
