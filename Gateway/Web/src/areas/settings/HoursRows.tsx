import { useId } from "react";
import type { BusinessHours } from "../../core/api.generated";
import { formatNumber } from "../../core/format";
import { hoursFault, moreHours, weekdays } from "../../core/workCalendar";
import { IconButton } from "../../parts/IconButton";
import { words as all } from "../../words/workspace";
import { EditedRows } from "./EditedRows";

const words = all.hours;

interface Props {
  hours: readonly BusinessHours[];
  /** Whether faults are reported: after the first attempt to save. */
  showsFaults: boolean;
  error: string | undefined;
  onChange: (hours: readonly BusinessHours[]) => void;
}

/** The hours of each weekday in which people work, a row for each. */
export function HoursRows({ hours, showsFaults, error, onChange }: Props) {
  const add = hours.length === 0 ? words.addWeek : words.add;
  return (
    <EditedRows
      words={{ ...words, add }}
      rows={hours}
      error={error}
      more={() => moreHours(hours)}
      onChange={onChange}
    >
      {(row, place, change, remove) => (
        <HoursRow
          key={place}
          row={row}
          place={formatNumber(place + 1)}
          fault={showsFaults ? hoursFault(row, hours) : ""}
          onChange={change}
          remove={remove}
        />
      )}
    </EditedRows>
  );
}

interface RowProps {
  row: BusinessHours;
  /** Its number, to tell it from others. */
  place: string;
  fault: string;
  onChange: (row: BusinessHours) => void;
  remove: () => void;
}

function HoursRow({ row, place, fault, onChange, remove }: RowProps) {
  const id = useId();
  const faulty = fault === "" ? {} : { "aria-invalid": true, "aria-describedby": id };
  const time = (name: "start_time" | "end_time", label: string) => (
    <input
      className="input"
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      aria-label={label}
      value={row[name]}
      onChange={(event) => onChange({ ...row, [name]: event.target.value })}
      {...faulty}
    />
  );
  return (
    <div className="hours-row">
      <select
        className="input"
        aria-label={words.weekday(place)}
        value={row.weekday}
        onChange={(event) => onChange({ ...row, weekday: event.target.value })}
      >
        {weekdays.map((each) => (
          <option key={each} value={each}>
            {words.weekdays[each]}
          </option>
        ))}
      </select>
      {time("start_time", words.start(place))}
      <span>{words.between}</span>
      {time("end_time", words.end(place))}
      <IconButton
        icon="close"
        label={words.remove(words.weekdays[row.weekday] ?? row.weekday)}
        data-remove=""
        onClick={remove}
      />
      {fault !== "" && (
        <p id={id} className="field-error">
          {fault}
        </p>
      )}
    </div>
  );
}
