import {
  applyStyles,
  computeStyles,
  eventListeners,
  flip,
  type Modifier,
  offset,
  type Placement,
  popperGenerator,
  popperOffsets,
  preventOverflow,
} from "@popperjs/core";
import { useLayoutEffect } from "react";

export type { Placement };

interface Position {
  placement: Placement;
  /** Pixels between the two; 4 when left out. */
  gap?: number;
  /** At least as wide as what it belongs to. */
  matchesWidth?: boolean;
}

/**
 * Keeps a floating element at its anchor: on the other side where there is no room, always in view,
 * and through scrolling and resizing. Nothing happens while either is null. Positions are set through
 * CSSOM, as the content security policy asks.
 */
export function usePosition(
  anchor: Element | null,
  floating: HTMLElement | null,
  { placement, gap = 4, matchesWidth = false }: Position,
): void {
  useLayoutEffect(() => {
    if (anchor === null || floating === null) return undefined;
    const popper = createPopper(anchor, floating, {
      placement,
      strategy: "fixed",
      modifiers: [
        { name: "offset", options: { offset: [0, gap] } },
        { name: "computeStyles", options: { gpuAcceleration: false } },
        { name: "preventOverflow", options: { padding: edge, altAxis: true, tether: false } },
        { name: "flip", options: { padding: edge } },
        { name: "width", enabled: matchesWidth },
      ],
    });
    const resized = new ResizeObserver(() => void popper.update());
    resized.observe(floating);
    resized.observe(anchor);
    return () => {
      resized.disconnect();
      popper.destroy();
    };
  }, [anchor, floating, placement, gap, matchesWidth]);
}

/** Pixels that stay free at the edges of the window. */
const edge = 8;

const width: Modifier = {
  name: "width",
  phase: "beforeWrite",
  requires: ["computeStyles"],
  fn: ({ state }) => {
    state.styles.popper.minWidth = `${state.rects.reference.width}px`;
  },
};

const createPopper = popperGenerator({
  defaultModifiers: [
    eventListeners,
    popperOffsets,
    computeStyles,
    applyStyles,
    offset,
    flip,
    preventOverflow,
    width,
  ],
});
