import { lazy } from "react";

// The calendar is loaded when a day is first asked for; wherever one is, a Suspense stands around it.

export const DatePicker = lazy(() =>
  import("./DatePicker").then((part) => ({ default: part.DatePicker })),
);

export const DateTimePicker = lazy(() =>
  import("./DateTimePicker").then((part) => ({ default: part.DateTimePicker })),
);
