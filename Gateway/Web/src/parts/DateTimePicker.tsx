import { useEffect, useId, useState } from "react";
import { locale } from "../core/format";
import { dayAndTime, momentAt, readTime, writtenTime, zoneName } from "../core/moments";
import { words } from "../words/datePickers";
import { DatePicker } from "./DatePicker";

interface Props {
  /** Its name: "Due". */
  label: string;
  /** RFC 3339, or "" for none. */
  value: string;
  onChange: (moment: string) => void;
  /** Days that may be chosen, `YYYY-MM-DD`. */
  min?: string;
  max?: string;
  clearable?: boolean;
  disabled?: boolean | undefined;
  /** The time for a day that was chosen without one, "HH:MM". */
  usualTime?: string;
  id?: string;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
}

/** A day and a time in the reader's time zone, with the name of the zone. */
export function DateTimePicker(props: Props) {
  const { label, value, onChange, usualTime = "09:00", disabled, ...rest } = props;
  const { day, time } = dayAndTime(value);
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState("");
  const id = useId();
  useEffect(() => {
    setText(null);
    setError("");
  }, [value]);

  const take = () => {
    if (text === null) return;
    const typed = readTime(text);
    setError(typed === null ? words.noTime(writtenTime("14:30", locale)) : "");
    if (typed === null) return;
    setText(null);
    if (typed !== time) onChange(momentAt(day, typed));
  };
  return (
    <div className="date-time" role="group" aria-label={label}>
      <DatePicker
        {...rest}
        label={label}
        disabled={disabled}
        value={day}
        onChange={(next) => onChange(momentAt(next, time || usualTime))}
      />
      <div className="date-time-time">
        <input
          className="input"
          aria-label={words.timeOf(label)}
          data-unread={error === "" ? undefined : ""}
          aria-invalid={error !== "" || undefined}
          aria-describedby={error === "" ? `${id}-zone` : `${id}-error ${id}-zone`}
          autoComplete="off"
          disabled={disabled === true || day === ""}
          placeholder={writtenTime(usualTime, locale)}
          value={text ?? (time === "" ? "" : writtenTime(time, locale))}
          onChange={(event) => setText(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter") take();
            if (event.key !== "Escape" || text === null) return;
            event.preventDefault();
            event.stopPropagation();
            setText(null);
            setError("");
          }}
        />
        <span id={`${id}-zone`} className="muted">
          {zoneName(value, locale)}
        </span>
      </div>
      {error !== "" && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}
