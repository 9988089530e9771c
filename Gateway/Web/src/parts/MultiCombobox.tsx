import { type KeyboardEvent, useRef, useState } from "react";
import type { Option } from "../core/options";
import { words } from "../words/parts";
import type { ComboboxProps } from "./Combobox";
import { ComboboxList } from "./ComboboxList";
import { Icon } from "./Icon";
import { OptionMark } from "./OptionList";
import { useCombobox } from "./useCombobox";

interface Props extends ComboboxProps {
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
}

/**
 * A searchable choice of several; chosen options are shown before the input. The list stays open, and
 * Backspace in an empty input removes the last one.
 */
export function MultiCombobox(props: Props) {
  const { label, options, known = [], values, onChange, disabled } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const [met, setMet] = useState<readonly Option[]>([]);
  const [removed, setRemoved] = useState("");
  const state = useCombobox({
    options,
    chosen: values,
    onCreate: props.onCreate,
    onChoose: (option) => {
      setMet((before) => [...before.filter((each) => each.value !== option.value), option]);
      toggle(option.value);
    },
    onGiveUp: props.onGiveUp,
    startsOpen: props.startsOpen ?? false,
    isMultiple: true,
  });
  const all = [...(typeof options === "function" ? state.found.shown : options), ...known, ...met];
  const chosen = values.map(
    (value) => all.find((each) => each.value === value) ?? { value, label: value },
  );
  const toggle = (value: string) => {
    const without = values.filter((each) => each !== value);
    onChange(without.length < values.length ? without : [...values, value]);
  };
  const remove = (option: Option) => {
    setRemoved(words.choice.removed(option.label));
    onChange(values.filter((each) => each !== option.value));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = chosen[chosen.length - 1];
    if (event.key === "Backspace" && (state.text ?? "") === "" && last !== undefined) remove(last);
    state.input.onKeyDown(event);
  };
  return (
    <div
      ref={setAnchor}
      className="combobox combobox-multiple"
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
      {chosen.map((option) => (
        <span key={option.value} className="choice-token">
          <OptionMark option={option} />
          <bdi className="choice-token-name">{option.label}</bdi>
          {disabled !== true && (
            <button
              type="button"
              className="choice-token-remove"
              aria-label={words.choice.remove(option.label)}
              onClick={() => remove(option)}
            >
              <Icon name="close" />
            </button>
          )}
        </span>
      ))}
      <input
        ref={input}
        {...state.input}
        id={props.id}
        className="combobox-input"
        dir="auto"
        aria-label={props.id === undefined ? label : undefined}
        aria-invalid={props["aria-invalid"]}
        aria-describedby={props["aria-describedby"]}
        placeholder={chosen.length === 0 ? (props.placeholder ?? words.choice.placeholder) : ""}
        disabled={disabled}
        autoFocus={props.startsOpen}
        value={state.text ?? ""}
        onKeyDown={onKeyDown}
      />
      <span className="combobox-arrow">
        <Icon name="down" />
      </span>
      <span className="unseen" role="status">
        {removed}
      </span>
      <ComboboxList state={state} label={label} anchor={anchor} chosen={values} isMultiple />
    </div>
  );
}
