import { createContext, type HTMLAttributes, useCallback, useContext, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useLayer } from "./layers";
import { type Placement, usePosition } from "./usePosition";

/** The element for floating things: the open dialog, else the page. A modal dialog hides all others. */
export const FloatingRoot = createContext<HTMLElement | null>(null);

interface Props extends HTMLAttributes<HTMLDivElement> {
  /** The element that it floats at. */
  anchor: Element | null;
  placement?: Placement;
  isList?: boolean;
  /** Closes it: something outside of it and of its anchor was pressed or focused. */
  onLeave: () => void;
}

/** Something that floats at another element, for as long as it is rendered. */
export function Floating(props: Props) {
  const { anchor, placement = "bottom-start", isList = false, onLeave, ...rest } = props;
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  /** The same, before it is rendered again: what it holds may take the focus at once. */
  const own = useRef<HTMLDivElement | null>(null);
  const take = useCallback((made: HTMLDivElement | null) => {
    own.current = made;
    setElement(made);
  }, []);
  usePosition(anchor, element, { placement, isList });
  useLayer(
    true,
    (target) => Boolean(own.current?.contains(target) || anchor?.contains(target)),
    onLeave,
  );
  const root = useContext(FloatingRoot) ?? document.body;
  const className = `floating ${rest.className ?? ""}`;
  return createPortal(<div ref={take} {...rest} {...quiet} className={className} />, root);
}

/** React sends events of a floating element to what opened it, such as a row that opens on click. */
export const quiet = {
  onClick: (event: { stopPropagation: () => void }) => event.stopPropagation(),
  onDoubleClick: (event: { stopPropagation: () => void }) => event.stopPropagation(),
  onPointerDown: (event: { stopPropagation: () => void }) => event.stopPropagation(),
};
