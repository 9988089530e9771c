import { useId } from "react";
import type { Holiday } from "../../core/api.generated";
import { formatNumber } from "../../core/format";
import { holidayFault } from "../../core/workCalendar";
import { DatePicker } from "../../parts/DatePicker";
import { IconButton } from "../../parts/IconButton";
import { words as all } from "../../words/workspace";
import { EditedRows } from "./EditedRows";

const words = all.holidays;
const longestName = 100;
const mostHolidays = 500;

interface Props {
  holidays: readonly Holiday[];
  /** Whether faults are reported: after the first attempt to save. */
  showsFaults: boolean;
  error: string | undefined;
  onChange: (holidays: readonly Holiday[]) => void;
}

/** The days on which nobody works, a row for each. */
export function HolidayRows({ holidays, showsFaults, error, onChange }: Props) {
  return (
    <EditedRows
      words={words}
      rows={holidays}
      error={error}
      canAdd={holidays.length < mostHolidays}
      more={() => [...holidays, { date: "", name: "" }]}
      onChange={onChange}
    >
      {(row, place, change, remove) => (
        <HolidayRow
          key={place}
          row={row}
          place={formatNumber(place + 1)}
          fault={showsFaults ? holidayFault(row, holidays) : ""}
          onChange={change}
          remove={remove}
        />
      )}
    </EditedRows>
  );
}

interface RowProps {
  row: Holiday;
  /** Its number, to tell it from others. */
  place: string;
  fault: string;
  onChange: (row: Holiday) => void;
  remove: () => void;
}

function HolidayRow({ row, place, fault, onChange, remove }: RowProps) {
  const id = useId();
  const faulty = fault === "" ? {} : { "aria-invalid": true, "aria-describedby": id };
  return (
    <div className="holiday-row">
      <DatePicker
        label={words.date(place)}
        value={row.date}
        onChange={(date) => onChange({ ...row, date })}
        {...faulty}
      />
      <input
        className="input"
        dir="auto"
        autoComplete="off"
        maxLength={longestName}
        aria-label={words.name(place)}
        placeholder={words.namePlaceholder}
        value={row.name}
        onChange={(event) => onChange({ ...row, name: event.target.value })}
        {...faulty}
      />
      <IconButton
        icon="close"
        label={words.remove(row.name || words.unnamed)}
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
