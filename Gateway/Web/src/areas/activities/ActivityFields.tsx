import { draftOf, type Drafts } from "../../core/fieldDraft";
import { type Field, isFilled } from "../../core/fields";
import { Field as LabelledField, SelectField, TextField } from "../../parts/Field";
import type { Form } from "../../parts/useForm";
import { FieldControl } from "../../records/FieldControl";
import { words as all } from "../../words/activityScreens";
import { timeThere } from "../tasks/dueTimes";
import { reminderText } from "../tasks/reminding";
import { formRows, type Logged, usualReminders } from "./activityForm";

const words = all.form;

interface Props {
  type: Logged;
  form: Form<Drafts>;
  /** Fields after those of the type. */
  besides?: readonly string[];
}

/** The controls for an activity of a type. */
export function ActivityFields({ type, form, besides = [] }: Props) {
  return (
    <>
      {formRows(type, besides).map((row) => (
        <div key={row[0]?.name} className={row.length > 1 ? "form-pair" : undefined}>
          {row.map((field) => (
            <ActivityField key={field.name} type={type} form={form} field={field} />
          ))}
        </div>
      ))}
    </>
  );
}

interface FieldProps extends Pick<Props, "type" | "form"> {
  field: Field;
}

function ActivityField({ type, form, field }: FieldProps) {
  const { name } = field;
  const draft = form.values[name] ?? draftOf(field, null);
  const error = form.errors[name];
  const set = (next: Drafts[string]) => form.set({ [name]: next });
  if (name === "reminder_minutes") return <ReminderField value={String(draft)} error={error} onChange={set} />;
  if (name === "outcome") return <OutcomeField field={field} value={String(draft)} error={error} onChange={set} />;
  return (
    <LabelledField
      label={labelOf(field, type)}
      error={error}
      hint={hintOf(field, type, form.values)}
      control={(wiring) => <FieldControl field={field} draft={draft} onChange={set} {...wiring} />}
    />
  );
}

function labelOf({ name, label }: Field, type: Logged): string {
  if (name === "text" && type !== "meeting") return words[type];
  if (type !== "meeting") return label;
  return name === "subject" ? words.title : name === "time" ? words.begins : label;
}

function hintOf({ name }: Field, type: Logged, values: Drafts): string {
  if (name === "seconds") return words.tookHint;
  if (name === "state") return values["state"] === "" ? words.stateHint : "";
  if (name !== "time") return "";
  if (type !== "meeting") return words.now;
  const zone = String(values["time_zone"] ?? "");
  const there = timeThere(String(values["time"] ?? ""), zone);
  return there === "" ? "" : words.there(there, zone.replace(/_/g, " "));
}

interface ControlProps {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** What came of a call, in the member's own words or by one press. */
function OutcomeField({ field, value, error, onChange }: ControlProps & { field: Field }) {
  return (
    <div className="outcome">
      <TextField
        label={field.label}
        error={error}
        dir="auto"
        autoComplete="off"
        maxLength={field.maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="filters" role="group" aria-label={words.usual}>
        {words.outcomes.map((outcome) => (
          <span key={outcome} className={`chip ${value === outcome ? "chip-set" : ""}`}>
            <button
              type="button"
              className="chip-button"
              aria-pressed={value === outcome}
              onClick={() => onChange(value === outcome ? "" : outcome)}
            >
              {outcome}
            </button>
          </span>
        ))}
      </div>
    </div>
  );
}

/** How long before a meeting those who take part are reminded of it. */
function ReminderField({ value, error, onChange }: ControlProps) {
  const isUsual = value === "" || usualReminders.includes(Number(value));
  const offered = isUsual ? usualReminders : [...usualReminders, Number(value)];
  return (
    <SelectField label={words.reminder} error={error} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{words.never}</option>
      {offered.map((minutes) => (
        <option key={minutes} value={String(minutes)}>
          {reminderWords(minutes)}
        </option>
      ))}
    </SelectField>
  );
}

/** "15 minutes before", "When it begins". */
export function reminderWords(minutes: number): string {
  return isFilled(minutes) && minutes > 0 ? reminderText(minutes) : words.atStart;
}
