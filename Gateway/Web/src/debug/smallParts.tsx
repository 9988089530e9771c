import { useState } from "react";
import { Avatar } from "../parts/Avatar";
import { Checkbox } from "../parts/Checkbox";
import { DatePicker } from "../parts/DatePicker";
import { DateTimePicker } from "../parts/DateTimePicker";
import { Field } from "../parts/Field";
import { Kbd } from "../parts/Kbd";
import { Person } from "../parts/Person";
import { Progress } from "../parts/Progress";
import { Segmented } from "../parts/Segmented";
import { Skeleton } from "../parts/Skeleton";
import { Switch } from "../parts/Switch";
import { Tabs } from "../parts/Tabs";
import { Tick } from "../parts/Tick";
import { Truncated } from "../parts/Truncated";
import { Waiting } from "../parts/Waiting";
import { arabicName, longName, Shown, State, turningName } from "./shown";

export function Dates() {
  const [day, setDay] = useState("2026-11-27");
  const [empty, setEmpty] = useState("");
  const [moment, setMoment] = useState("2026-11-27T13:30:00Z");
  const [none, setNone] = useState("");
  return (
    <Shown title="Dates">
      <State name={`Value ${day}`}>
        <Field
          label="Close date"
          control={(wiring) => (
            <DatePicker {...wiring} label="Close date" value={day} onChange={setDay} clearable />
          )}
        />
      </State>
      <State name="From 5 to 20 November">
        <Field
          label="Visit"
          hint="Within the fair."
          control={(wiring) => (
            <DatePicker
              {...wiring}
              label="Visit"
              value={empty}
              onChange={setEmpty}
              min="2026-11-05"
              max="2026-11-20"
            />
          )}
        />
      </State>
      <State name={`Value ${moment}`}>
        <Field
          label="Due"
          control={(wiring) => (
            <DateTimePicker
              {...wiring}
              label="Due"
              value={moment}
              onChange={setMoment}
              clearable
            />
          )}
        />
      </State>
      <State name="No moment">
        <DateTimePicker label="Reminder" value={none} onChange={setNone} clearable />
      </State>
      <State name="Error">
        <Field
          label="Birthday"
          error="Enter a date."
          control={(wiring) => (
            <DatePicker {...wiring} label="Birthday" value="" onChange={() => undefined} />
          )}
        />
      </State>
      <State name="Disabled">
        <DatePicker label="Created" value="2026-01-31" onChange={() => undefined} disabled />
      </State>
    </Shown>
  );
}

export function Choices() {
  const [tab, setTab] = useState("notes");
  const [on, setOn] = useState(true);
  const [checked, setChecked] = useState<boolean | "some">("some");
  const [height, setHeight] = useState<"compact" | "roomy">("compact");
  return (
    <Shown title="Choices">
      <State name="Tabs">
        <Tabs
          label="Related"
          selected={tab}
          onSelect={setTab}
          tabs={[
            { id: "notes", label: "Notes", count: 3 },
            { id: "deals", label: "Deals", count: 1200 },
            { id: "files", label: "Files", disabled: true },
          ]}
        >
          Panel of {tab}
        </Tabs>
      </State>
      <State name="Switch">
        <Switch label="Takes new leads in turn" checked={on} onChange={setOn} />
        <Switch
          label="Sends a summary"
          hint="Every Monday morning."
          checked={false}
          onChange={() => undefined}
        />
        <Switch label="Cannot be changed" checked disabled onChange={() => undefined} />
      </State>
      <State name="Checkbox">
        <Checkbox label="All rows" checked={checked} onChange={setChecked} />
        <Checkbox label="Disabled" checked disabled onChange={() => undefined} />
        <Checkbox label="At fault" checked={false} error onChange={() => undefined} />
        <Checkbox label="Hidden label" hidesLabel checked={false} onChange={() => undefined} />
      </State>
      <State name="Segmented">
        <Segmented
          label="Row height"
          value={height}
          onChange={setHeight}
          choices={[
            { value: "compact", label: "Compact" },
            { value: "roomy", label: "Roomy" },
          ]}
        />
      </State>
    </Shown>
  );
}

export function Signs() {
  return (
    <Shown title="Signs">
      <State name="Progress">
        <Progress label="Assigning leads" done={3120} total={4812} />
        <Progress label="Counting" done={12} total={null} />
        <Progress label="Stopped" done={70} total={100} failed />
      </State>
      <State name="Tick">
        <span>
          Idle <Tick is="idle" /> Saving <Tick is="saving" /> Failed <Tick is="failed" />
        </span>
      </State>
      <State name="Skeleton, and waiting">
        <div className="shown-wide">
          <Skeleton lines={3} />
          <Waiting lines={2} />
        </div>
      </State>
      <State name="Keys">
        <Kbd keys="Ctrl K" />
      </State>
      <State name="Avatar">
        <span>
          <Avatar name="Ada Lovelace" /> <Avatar name={arabicName} size={32} />
        </span>
      </State>
      <State name="Person: long, right-to-left, turned">
        {["Ada Lovelace", longName, arabicName, turningName].map((name) => (
          <div key={name} className="shown-wide">
            <Person name={name} /> 1 lead
          </div>
        ))}
      </State>
      <State name="Truncated">
        <div className="shown-narrow">
          <Truncated text={longName} />
        </div>
      </State>
    </Shown>
  );
}
