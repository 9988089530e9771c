import { type KeyboardEvent, useId, useState } from "react";
import { namedOption, nextOption, type Option } from "../core/options";
import { words } from "../words/parts";
import { createValue } from "./OptionList";
import { type OptionSource, useOptions } from "./useOptions";

interface Props {
  options: OptionSource;
  /** The values that are chosen now. */
  chosen: readonly string[];
  /** Offers to create an option from a text that matches none. */
  onCreate: ((text: string) => void) | undefined;
  onChoose: (option: Option) => void;
  /** Called when Esc closes the list without a choice. */
  onGiveUp: (() => void) | undefined;
  startsOpen: boolean;
  /** Whether it stays open after a choice. */
  isMultiple: boolean;
}

export type ComboboxState = ReturnType<typeof useCombobox>;

/** What single and multiple comboboxes share: the text, the open list and its keys. */
export function useCombobox(props: Props) {
  const { options, chosen, onCreate, onChoose, onGiveUp, startsOpen, isMultiple } = props;
  const [text, setText] = useState<string | null>(null);
  const [open, setOpen] = useState(startsOpen);
  const [moved, setMoved] = useState<number | null>(null);
  const typed = (text ?? "").trim();
  const found = useOptions(options, typed, open);
  const offersNew =
    onCreate !== undefined && typed !== "" && namedOption(found.shown, typed) === undefined;
  const rows: readonly Option[] = offersNew
    ? [...found.shown, { value: createValue, label: words.choice.create(typed) }]
    : found.shown;
  // Where nothing is offered but what is typed, there is nothing to show of what stands before the input.
  const isKnown = rows.every(({ value }) => chosen.includes(value)) && !found.loading && !found.failed;
  const isIdle = isMultiple && onCreate !== undefined && typed === "" && isKnown;
  const active = activePlace(rows, moved, typed, chosen);
  const listId = useId();

  const show = () => {
    setMoved(null);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setText(null);
  };
  const choose = (option: Option) => {
    if (option.value === createValue) onCreate?.(typed);
    else onChoose(option);
    setText(null);
    setMoved(isMultiple && typed === "" ? rows.indexOf(option) : null);
    if (!isMultiple) setOpen(false);
  };
  const move = (step: 1 | -1) => {
    if (!open) return show();
    setMoved(nextOption(rows, active === -1 && step === -1 ? rows.length : active, step));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (event.altKey && event.key === "ArrowUp") close();
        else move(event.key === "ArrowDown" ? 1 : -1);
        break;
      case "Enter":
        if (!open) return;
        if (row !== undefined) choose(row);
        break;
      case "Escape":
        if (!open && text === null) return onGiveUp?.();
        close();
        onGiveUp?.();
        break;
      case "Tab":
        // Leaving the field after typing a name takes that option.
        if (open && typed !== "" && row !== undefined && row.value !== createValue) choose(row);
        return;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const isShown = open && !isIdle;
  const showsList = isShown && rows.length > 0;
  return {
    text,
    typed,
    open: isShown,
    rows,
    active,
    found,
    listId,
    show,
    close,
    choose,
    setMoved,
    input: {
      role: "combobox",
      autoComplete: "off",
      spellCheck: false,
      "aria-autocomplete": "list",
      "aria-expanded": showsList,
      "aria-controls": showsList ? listId : undefined,
      "aria-activedescendant": showsList && active !== -1 ? `${listId}-${active}` : undefined,
      onChange: (event: { target: { value: string } }) => {
        setText(event.target.value);
        show();
      },
      onClick: show,
      onKeyDown,
    },
  } as const;
}

/** Where the arrows went, else the first match, else the chosen option. */
function activePlace(
  rows: readonly Option[],
  moved: number | null,
  typed: string,
  chosen: readonly string[],
): number {
  if (moved !== null && moved < rows.length) return moved;
  if (typed !== "") return nextOption(rows, -1, 1);
  return rows.findIndex((row) => row.value === chosen[0]);
}
