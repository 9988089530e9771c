import { type FocusEvent, useEffect, useRef, useState } from "react";
import { type Shown, whileHeld } from "./holding";

/** A list that stays as it is while the pointer or the focus is in it. */
export interface HeldList extends Shown {
  /** Shows what came meanwhile. */
  letGo: () => void;
  /** For the element with the rows. */
  handlers: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: () => void;
    onBlur: (event: FocusEvent) => void;
  };
}

/** @param key - distinguishes lists: what one showed is not kept for another */
export function useHeld(present: readonly string[], key: unknown): HeldList {
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const inside = useRef({ pointer: false, focus: false });
  const latest = useRef(present);
  latest.current = present;
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => setHeld(null), [key]);
  const apply = () => {
    const isInside = inside.current.pointer || inside.current.focus;
    setHeld((before) => (isInside ? (before ?? latest.current) : null));
  };
  const enter = (how: "pointer" | "focus") => () => {
    inside.current[how] = true;
    apply();
  };
  const leave = (how: "pointer" | "focus") => () => {
    inside.current[how] = false;
    // From a row to its menu, the focus is nowhere for a moment.
    clearTimeout(timer.current);
    timer.current = setTimeout(apply);
  };
  const shown = held === null ? { ids: present, fresh: 0 } : whileHeld(held, present);
  return {
    ...shown,
    letGo: () => setHeld(null),
    handlers: {
      onPointerEnter: enter("pointer"),
      onPointerLeave: leave("pointer"),
      onFocus: enter("focus"),
      onBlur: leave("focus"),
    },
  };
}
