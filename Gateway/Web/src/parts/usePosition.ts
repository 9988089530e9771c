import {
  applyStyles,
  computeStyles,
  eventListeners,
  flip,
  offset,
  type Placement,
  popperGenerator,
  popperOffsets,
  preventOverflow,
} from "@popperjs/core";
import { useLayoutEffect } from "react";
import { edge, roomOf, wholeWindow } from "./room";

export type { Placement };

interface Position {
  placement: Placement;
  /** Pixels between the two; 4 when left out. */
  gap?: number;
  /**
   * Whether it is a field's list of choices: at least as wide as the field, and beside the actions of a dialog,
   * lower where there is no other way.
   */
  isList?: boolean;
}

/**
 * Keeps a floating element at its anchor: on the other side if there is no room, always in view,
 * and through scrolling and resizing. Does nothing while either is null. Positions are set through
 * CSSOM, as the content security policy requires.
 */
export function usePosition(
  anchor: Element | null,
  floating: HTMLElement | null,
  { placement, gap = 4, isList = false }: Position,
): void {
  useLayoutEffect(() => {
    if (anchor === null || floating === null) return undefined;
    const options = () => {
      const { below, height } = isList ? roomOf(anchor, gap) : wholeWindow;
      const padding = { top: edge, right: edge, bottom: below, left: edge };
      if (isList) {
        floating.style.minWidth = `${anchor.getBoundingClientRect().width}px`;
        floating.style.setProperty("--room", `${height}px`);
      }
      return {
        placement,
        strategy: "fixed" as const,
        modifiers: [
          { name: "offset", options: { offset: [0, gap] } },
          { name: "computeStyles", options: { gpuAcceleration: false } },
          { name: "preventOverflow", options: { padding, altAxis: true, tether: false } },
          { name: "flip", options: { padding } },
        ],
      };
    };
    const popper = createPopper(anchor, floating, options());
    // A field that grows moves the actions below it.
    const resized = new ResizeObserver(() => void popper.setOptions(options()));
    resized.observe(floating);
    resized.observe(anchor);
    return () => {
      resized.disconnect();
      popper.destroy();
    };
  }, [anchor, floating, placement, gap, isList]);
}

const createPopper = popperGenerator({
  defaultModifiers: [
    eventListeners,
    popperOffsets,
    computeStyles,
    applyStyles,
    offset,
    flip,
    preventOverflow,
  ],
});
