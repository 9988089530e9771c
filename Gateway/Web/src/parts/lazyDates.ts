import { lazy } from "react";

// The calendar is loaded when a day is first requested; each use of it is inside a Suspense.

export const DatePicker = lazy(() =>
  import("./DatePicker").then((part) => ({ default: part.DatePicker })),
);

export const DateTimePicker = lazy(() =>
  import("./DateTimePicker").then((part) => ({ default: part.DateTimePicker })),
);
