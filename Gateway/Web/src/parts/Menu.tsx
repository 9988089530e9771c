import { type KeyboardEvent, type ReactNode, type RefCallback, useId, useState } from "react";
import { Floating } from "./Floating";
import { MenuList, type MenuEntry } from "./MenuList";
import type { Placement } from "./usePosition";

export type { MenuEntry, MenuGroup, MenuItem } from "./MenuList";

/** Spread on the button that opens a menu. */
export interface MenuButton {
  ref: RefCallback<HTMLButtonElement>;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  "aria-controls": string | undefined;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

interface Props {
  /** The name of the menu: "More actions". */
  label: string;
  button: (button: MenuButton) => ReactNode;
  /** The actions; false and null leave an entry out. */
  entries: readonly (MenuEntry | false | null)[];
  placement?: Placement;
}

/**
 * A button with a menu, by the ARIA pattern: arrow keys move, letters search, Enter or Space runs an item,
 * Esc and Tab close. Focus returns to the button before an item runs.
 */
export function Menu({ label, button, entries, placement = "bottom-start" }: Props) {
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState<"first" | "last" | null>(null);
  const id = useId();
  const close = () => setOpen(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(event.key === "ArrowDown" ? "first" : "last");
  };
  return (
    <>
      {button({
        ref: setAnchor,
        "aria-haspopup": "menu",
        "aria-expanded": open !== null,
        "aria-controls": open === null ? undefined : id,
        onClick: () => setOpen((before) => (before === null ? "first" : null)),
        onKeyDown,
      })}
      {open !== null && (
        <Floating anchor={anchor} placement={placement} onLeave={close}>
          <MenuList
            id={id}
            label={label}
            entries={entries.filter(isShown)}
            startsAt={open}
            close={(giveBack) => {
              close();
              if (giveBack) anchor?.focus();
            }}
          />
        </Floating>
      )}
    </>
  );
}

function isShown(entry: MenuEntry | false | null): entry is MenuEntry {
  return entry !== false && entry !== null;
}
