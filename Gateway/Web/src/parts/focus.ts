import type { KeyboardEvent } from "react";

const reachable = [
  "a[href]",
  "button:enabled",
  "input:enabled",
  "select:enabled",
  "textarea:enabled",
  "summary",
  "[tabindex]",
].join(", ");

/** The elements inside that Tab reaches, in reading order. */
export function tabStops(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(reachable)].filter(
    (each) => each.tabIndex >= 0 && each.getClientRects().length > 0,
  );
}

/** Focuses the first field of what has just opened, else what Tab reaches first. */
export function focusFirst(element: HTMLElement, fields = "input, select, textarea"): void {
  const stops = tabStops(element);
  const first = stops.find((each) => each.matches(fields)) ?? stops[0] ?? element;
  first.focus({ preventScroll: true });
}

/** Moves focus to the page's heading. */
export function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>("h1");
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Keeps Tab within an element: after the last stop comes the first one. */
export function keepTabWithin(element: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== "Tab") return;
  const stops = tabStops(element);
  const first = stops[0];
  const last = stops[stops.length - 1];
  const here = document.activeElement;
  const isBefore = here === element || !element.contains(here);
  if (event.shiftKey && (here === first || isBefore)) {
    event.preventDefault();
    (last ?? element).focus();
  } else if (!event.shiftKey && (here === last || stops.length === 0)) {
    event.preventDefault();
    (first ?? element).focus();
  }
}
