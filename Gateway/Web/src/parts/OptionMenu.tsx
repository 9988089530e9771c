import type { KeyboardEvent, ReactNode } from "react";
import type { Option } from "../core/options";
import { ComboboxRows, ComboboxStatus } from "./ComboboxList";
import { Popover, type PopoverToggle } from "./Popover";
import { useCombobox } from "./useCombobox";

interface Props {
  /** What a choice does: "Add a filter". */
  label: string;
  /** The name of the search field: "Find a field". */
  find: string;
  options: readonly Option[];
  button: (toggle: PopoverToggle) => ReactNode;
  /** Called once the menu is closed and its button has focus. */
  onChoose: (value: string) => void;
}

/**
 * A button with more choices than a menu has room for: they can be searched, and are grouped. By the
 * ARIA pattern of a combobox whose list is always open; Esc and Tab return focus to the button.
 */
export function OptionMenu({ button, onChoose, ...rest }: Props) {
  return (
    <Popover label={rest.label} button={button}>
      {(close) => (
        <Search
          {...rest}
          close={close}
          onChoose={(value) => {
            close();
            onChoose(value);
          }}
        />
      )}
    </Popover>
  );
}

interface SearchProps extends Omit<Props, "button"> {
  close: () => void;
}

function Search({ label, find, options, onChoose, close }: SearchProps) {
  const state = useCombobox({
    options,
    chosen: [],
    onCreate: undefined,
    onChoose: (option) => onChoose(option.value),
    onGiveUp: close,
    startsOpen: true,
    isMultiple: false,
  });
  // In a form, leaving after typing a name chooses it; here, it only leaves.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Tab") state.input.onKeyDown(event);
  };
  return (
    <div className="option-menu">
      <div className="option-menu-search">
        <input
          {...state.input}
          className="input"
          dir="auto"
          aria-label={find}
          placeholder={find}
          value={state.text ?? ""}
          onKeyDown={onKeyDown}
        />
      </div>
      <ComboboxStatus state={state} />
      {state.open && <ComboboxRows state={state} label={label} chosen={[]} isMultiple={false} />}
    </div>
  );
}
