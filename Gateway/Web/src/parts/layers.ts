import { useLayoutEffect, useRef } from "react";

/** Something that lies over the page: a menu, a list of choices, a dialog. */
interface Layer {
  /** Whether a node belongs to it: to what floats, or to its anchor. */
  holds: (target: Node) => boolean;
  /** Called when something outside of it is pressed or focused; a modal layer stays. */
  leave: (() => void) | null;
}

const layers: Layer[] = [];

/** Closes the layers above the one that was pressed, the topmost first. */
function check(event: Event): void {
  const { target } = event;
  if (!(target instanceof Node)) return;
  for (const layer of [...layers].reverse()) {
    if (layer.leave === null || layer.holds(target)) return;
    layer.leave();
  }
}

/**
 * Makes an element a layer over the page while it is rendered and `open`.
 *
 * @param holds - whether a node belongs to it
 * @param leave - closes it when something outside is pressed or focused; null for a modal one
 */
export function useLayer(
  open: boolean,
  holds: (target: Node) => boolean,
  leave: (() => void) | null,
): void {
  const latest = useRef({ holds, leave });
  latest.current = { holds, leave };
  const isModal = leave === null;
  // Before a menu in it takes the focus: that would be outside of the layers below.
  useLayoutEffect(() => {
    if (!open) return undefined;
    const layer: Layer = {
      holds: (target) => latest.current.holds(target),
      leave: isModal ? null : () => latest.current.leave?.(),
    };
    if (layers.length === 0) {
      document.addEventListener("pointerdown", check, true);
      document.addEventListener("focusin", check, true);
    }
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length > 0) return;
      document.removeEventListener("pointerdown", check, true);
      document.removeEventListener("focusin", check, true);
    };
  }, [open, isModal]);
}
