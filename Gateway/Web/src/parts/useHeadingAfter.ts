import { useEffect, useRef } from "react";
import { focusHeading } from "./focus";

/** When a dialog or an editor closes and its button is gone by then, focus moves to the page's heading. */
export function useHeadingAfter(isOpen: boolean): void {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) focusHeading();
    wasOpen.current = isOpen;
  }, [isOpen]);
}
