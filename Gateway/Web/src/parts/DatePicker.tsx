import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { readDay, today, writtenDay } from "../core/dates";
import { locale } from "../core/format";
import { words } from "../words/datePickers";
import { words as parts } from "../words/parts";
import { Calendar } from "./Calendar";
import { Floating } from "./Floating";
import { keepTabWithin } from "./focus";
import { IconButton } from "./IconButton";

interface Props {
  /** Its name, for its buttons: "Close date". */
  label: string;
  /** `YYYY-MM-DD`, or "" for none. */
  value: string;
  onChange: (day: string) => void;
  min?: string;
  max?: string;
  /** Whether it can be empty. */
  clearable?: boolean;
  disabled?: boolean | undefined;
  autoFocus?: boolean;
  id?: string;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
}

/**
 * A day, typed in the format of the reader's locale or ISO 8601, or picked in a calendar. Enter or leaving takes
 * what is typed; an invalid day stays, with the reason.
 */
export function DatePicker(props: Props) {
  const { label, value, onChange, min, max, disabled } = props;
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState("");
  const [open, setOpen] = useState(false);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  // A value that comes from elsewhere replaces what is shown.
  useEffect(() => {
    setText(null);
    setError("");
  }, [value]);

  const take = () => {
    if (text === null) return;
    const day = text.trim() === "" ? "" : readDay(text, locale, new Date());
    const fault = faultOf(day, min, max, props.clearable === true);
    setError(fault);
    if (fault !== "" || day === null) return;
    setText(null);
    if (day !== value) onChange(day);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") take();
    else if (event.key === "ArrowDown" && event.altKey) setOpen(true);
    else if (event.key === "Escape" && text !== null) {
      setText(null);
      setError("");
    } else return;
    if (event.key === "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = (day: string) => {
    setOpen(false);
    setText(null);
    setError("");
    input.current?.focus();
    if (day !== value) onChange(day);
  };
  const described = [props["aria-describedby"], error !== "" ? `${id}-error` : undefined];
  return (
    <div className="date-picker">
      <div ref={setAnchor} className="combobox">
        <input
          ref={input}
          id={props.id}
          className="combobox-input"
          inputMode="numeric"
          autoComplete="off"
          autoFocus={props.autoFocus}
          disabled={disabled}
          aria-label={props.id === undefined ? label : undefined}
          data-unread={error === "" ? undefined : ""}
          aria-invalid={error !== "" || props["aria-invalid"] || undefined}
          aria-describedby={described.filter(Boolean).join(" ") || undefined}
          placeholder={words.pattern(locale)}
          value={text ?? writtenDay(value, locale)}
          onChange={(event) => setText(event.target.value)}
          onBlur={take}
          onKeyDown={onKeyDown}
        />
        {props.clearable === true && value !== "" && disabled !== true && (
          <IconButton
            icon="close"
            label={parts.choice.clear(label)}
            onClick={() => choose("")}
          />
        )}
        <IconButton
          icon="calendar"
          label={words.choose(label)}
          aria-haspopup="dialog"
          aria-expanded={open}
          disabled={disabled}
          onClick={() => setOpen((before) => !before)}
        />
      </div>
      {error !== "" && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
      {open && (
        <Floating
          anchor={anchor}
          role="dialog"
          aria-label={words.choose(label)}
          onLeave={() => setOpen(false)}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              event.preventDefault();
              setOpen(false);
              input.current?.focus();
            } else keepTabWithin(event.currentTarget, event);
            event.stopPropagation();
          }}
        >
          <Calendar value={value} min={min} max={max} onChoose={choose} />
          <div className="calendar-foot">
            <button
              type="button"
              className="button-quiet"
              disabled={faultOf(today(new Date()), min, max, true) !== ""}
              onClick={() => choose(today(new Date()))}
            >
              {words.today}
            </button>
          </div>
        </Floating>
      )}
    </div>
  );
}

/** Why a typed day is refused; "" if it is not. */
function faultOf(
  day: string | null,
  min: string | undefined,
  max: string | undefined,
  mayBeEmpty: boolean,
): string {
  if (day === null) return words.none(writtenDay(today(new Date()), locale));
  if (day === "") return mayBeEmpty ? "" : words.missing;
  if (min !== undefined && min !== "" && day < min) return words.early(writtenDay(min, locale));
  if (max !== undefined && max !== "" && day > max) return words.late(writtenDay(max, locale));
  return "";
}
