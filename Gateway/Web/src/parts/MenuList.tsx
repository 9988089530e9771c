import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { isLetter, Typeahead } from "../core/typeahead";
import { Icon, type IconName } from "./Icon";
import { Kbd } from "./Kbd";
import { Link } from "./Link";

/** An action of a menu. */
export interface MenuItem {
  label: string;
  icon?: IconName;
  /** Its shortcut, shown at the end: "Ctrl Z". */
  shortcut?: string;
  /** It deletes or removes something. */
  danger?: boolean;
  disabled?: boolean;
  /** Whether it is on, for an item that is a switch or one of several choices. */
  checked?: boolean;
  /** Either what it does or where it goes. */
  run?: () => void;
  to?: string;
}

/** Items that belong together, with a heading or only a line before them. */
export interface MenuGroup {
  title: string;
  items: readonly MenuItem[];
}

export type MenuEntry = MenuItem | MenuGroup;

interface Props {
  id: string;
  label: string;
  entries: readonly MenuEntry[];
  startsAt: "first" | "last";
  /** @param giveBack - whether focus returns to the button */
  close: (giveBack: boolean) => void;
}

/** The items of an open menu; focus is on one of them. */
export function MenuList({ id, label, entries, startsAt, close }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const typeahead = useRef(new Typeahead());
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
  const focus = (place: number) => items()[place]?.focus({ preventScroll: false });

  useEffect(() => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
    all[startsAt === "first" ? 0 : all.length - 1]?.focus({ preventScroll: true });
  }, [startsAt]);

  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const place = all.findIndex((item) => item === document.activeElement);
    if (event.key === "Tab") return close(true);
    const target = movement(event.key, place, all.length);
    if (event.key === "Escape") close(true);
    else if (target !== null) focus(target);
    else if (isLetter(event)) {
      const labels = all.map((item) => item.dataset["label"] ?? "");
      focus(typeahead.current.find(labels, place, event.key, event.timeStamp));
    } else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} id={id} className="menu" role="menu" aria-label={label} onKeyDown={onKeyDown}>
      {entries.map((entry, place) =>
        "items" in entry ? (
          <Group key={`${entry.title}-${place}`} group={entry} close={close} />
        ) : (
          <Item key={`${entry.label}-${place}`} item={entry} close={close} />
        ),
      )}
    </div>
  );
}

function movement(key: string, place: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return (place + 1) % count;
    case "ArrowUp":
      return (place - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function Group({ group, close }: { group: MenuGroup; close: Props["close"] }) {
  const id = useId();
  const isTitled = group.title !== "";
  return (
    <div className="menu-group" role="group" aria-labelledby={isTitled ? id : undefined}>
      {isTitled && (
        <div id={id} className="menu-title" role="presentation">
          {group.title}
        </div>
      )}
      {group.items.map((item) => (
        <Item key={item.label} item={item} close={close} />
      ))}
    </div>
  );
}

function Item({ item, close }: { item: MenuItem; close: Props["close"] }) {
  const choose = () => {
    if (item.disabled === true) return;
    close(true);
    item.run?.();
  };
  const shared = {
    className: `menu-item ${item.danger === true ? "menu-danger" : ""}`,
    role: item.checked === undefined ? "menuitem" : "menuitemcheckbox",
    tabIndex: 0,
    "aria-disabled": item.disabled === true ? true : undefined,
    "aria-checked": item.checked,
    "data-label": item.label,
    onClick: choose,
    onPointerMove: (event: { currentTarget: HTMLElement }) => {
      if (document.activeElement !== event.currentTarget) {
        event.currentTarget.focus({ preventScroll: true });
      }
    },
  };
  const content = (
    <>
      <span className="menu-icon">
        {item.checked === true ? <Icon name="check" /> : item.icon && <Icon name={item.icon} />}
      </span>
      <bdi className="menu-label">{item.label}</bdi>
      {item.shortcut !== undefined && <Kbd keys={item.shortcut} />}
    </>
  );
  if (item.to !== undefined && item.disabled !== true) {
    return (
      <Link to={item.to} {...shared}>
        {content}
      </Link>
    );
  }
  return (
    <button type="button" {...shared}>
      {content}
    </button>
  );
}
