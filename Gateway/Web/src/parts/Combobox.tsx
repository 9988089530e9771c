import { useEffect, useRef, useState } from "react";
import type { Option } from "../core/options";
import { words } from "../words/parts";
import { ComboboxList } from "./ComboboxList";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import { OptionMark } from "./OptionList";
import { useCombobox } from "./useCombobox";
import type { OptionSource } from "./useOptions";

/** The props of single and multiple comboboxes; a Field gives id, aria-invalid and aria-describedby. */
export interface ComboboxProps {
  /** The name of the choice, for the list and its buttons: "Owner". */
  label: string;
  /** The options, or a function that loads them for a text while the list is open. */
  options: OptionSource;
  /** The names of chosen options that `options` may lack. */
  known?: readonly Option[];
  placeholder?: string;
  disabled?: boolean | undefined;
  /** Whether the choice can be empty. */
  clearable?: boolean;
  /** Creates an option from a text that matches none, and chooses it. */
  onCreate?: ((text: string) => void) | undefined;
  /** For an editor in a cell: opens at once and takes focus. */
  startsOpen?: boolean;
  /** Esc without a choice, or focus went elsewhere: an editor in a cell ends. */
  onGiveUp?: () => void;
  id?: string;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
}

interface Props extends ComboboxProps {
  /** "" for nothing. */
  value: string;
  onChange: (value: string, option: Option | null) => void;
}

/** A searchable choice of one, by the ARIA pattern of a combobox with a list. */
export function Combobox(props: Props) {
  const { label, options, known = [], value, onChange, startsOpen = false, disabled } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // A chosen option stays known when the options loaded for another text lack it.
  const [last, setLast] = useState<Option | null>(null);
  const state = useCombobox({
    options,
    chosen: value === "" ? [] : [value],
    onCreate: props.onCreate,
    onChoose: (option) => {
      setLast(option);
      onChange(option.value, option);
    },
    onGiveUp: props.onGiveUp,
    startsOpen,
    isMultiple: false,
  });
  const all = [...(typeof options === "function" ? state.found.shown : options), ...known];
  const chosen = all.find((each) => each.value === value) ?? (last?.value === value ? last : null);
  const isClearable = props.clearable === true && value !== "" && disabled !== true;
  const name = chosen?.label ?? value;

  // Typing replaces the chosen option.
  const isSettled = state.text === null;
  useEffect(() => {
    if (isSettled && document.activeElement === input.current) input.current?.select();
  }, [isSettled, name]);

  return (
    <div
      ref={setAnchor}
      className="combobox"
      onClick={(event) => {
        if (event.target !== event.currentTarget || disabled === true) return;
        input.current?.focus();
        state.show();
      }}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        if (state.open || state.text !== null) state.close();
        props.onGiveUp?.();
      }}
    >
      {chosen !== null && state.text === null && <OptionMark option={chosen} />}
      <input
        ref={input}
        {...state.input}
        id={props.id}
        className="combobox-input"
        dir="auto"
        aria-label={props.id === undefined ? label : undefined}
        aria-invalid={props["aria-invalid"]}
        aria-describedby={props["aria-describedby"]}
        placeholder={props.placeholder ?? words.choice.placeholder}
        disabled={disabled}
        autoFocus={startsOpen}
        value={state.text ?? name}
        onFocus={(event) => event.currentTarget.select()}
      />
      {isClearable && (
        <IconButton
          icon="close"
          label={words.choice.clear(label)}
          onClick={() => {
            onChange("", null);
            input.current?.focus();
          }}
        />
      )}
      <span className="combobox-arrow">
        <Icon name="down" />
      </span>
      <ComboboxList
        state={state}
        label={label}
        anchor={anchor}
        chosen={value === "" ? [] : [value]}
        isMultiple={false}
      />
    </div>
  );
}
