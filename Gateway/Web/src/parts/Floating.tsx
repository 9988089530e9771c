import { createContext, type HTMLAttributes, useContext, useState } from "react";
import { createPortal } from "react-dom";
import { useLayer } from "./layers";
import { type Placement, usePosition } from "./usePosition";

/** Where floating things are put: the open dialog, else the page. A modal dialog hides all others. */
export const FloatingRoot = createContext<HTMLElement | null>(null);

interface Props extends HTMLAttributes<HTMLDivElement> {
  /** What it floats at. */
  anchor: Element | null;
  placement?: Placement;
  matchesWidth?: boolean;
  /** Closes it: something outside of it and of its anchor was pressed or focused. */
  onLeave: () => void;
}

/** Something that floats at another element, for as long as it is rendered. */
export function Floating(props: Props) {
  const { anchor, placement = "bottom-start", matchesWidth = false, onLeave, ...rest } = props;
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  usePosition(anchor, element, { placement, matchesWidth });
  useLayer(
    true,
    (target) => Boolean(element?.contains(target) || anchor?.contains(target)),
    onLeave,
  );
  const root = useContext(FloatingRoot) ?? document.body;
  const className = `floating ${rest.className ?? ""}`;
  return createPortal(<div ref={setElement} {...rest} {...quiet} className={className} />, root);
}

/** React sends events of what floats to what it was opened from, such as a row that opens on click. */
export const quiet = {
  onClick: (event: { stopPropagation: () => void }) => event.stopPropagation(),
  onDoubleClick: (event: { stopPropagation: () => void }) => event.stopPropagation(),
  onPointerDown: (event: { stopPropagation: () => void }) => event.stopPropagation(),
};
