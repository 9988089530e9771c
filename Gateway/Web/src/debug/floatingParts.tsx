import { useState } from "react";
import type { Option } from "../core/options";
import { Combobox } from "../parts/Combobox";
import { Dialog } from "../parts/Dialog";
import { Field, TextField } from "../parts/Field";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Menu, type MenuEntry } from "../parts/Menu";
import { MultiCombobox } from "../parts/MultiCombobox";
import { OptionMenu } from "../parts/OptionMenu";
import { Popover } from "../parts/Popover";
import { Sheet } from "../parts/Sheet";
import { Tooltip } from "../parts/Tooltip";
import { arabicName, longName, Shown, State, turningName } from "./shown";

export const statuses: Option[] = [
  { value: "new", label: "New", colour: "#0078d4" },
  { value: "contacted", label: "Contacted", colour: "#c75000" },
  { value: "qualified", label: "Qualified", colour: "#107c10" },
  { value: "unqualified", label: "Unqualified", colour: "#6b7480", group: "Closed" },
  { value: "lost", label: "Lost to a competitor", colour: "#b3261e", group: "Closed" },
  { value: "retired", label: "Retired", group: "Closed", disabled: true },
];

export const people: Option[] = [
  { value: "1", label: "Ada Lovelace", detail: "ada@example.com", isPerson: true },
  { value: "2", label: "Jürgen Müller", detail: "juergen@example.com", isPerson: true },
  { value: "3", label: longName, detail: "long@example.com", isPerson: true },
  { value: "4", label: arabicName, detail: "abd@example.com", isPerson: true },
  { value: "5", label: turningName, detail: "mallory@example.com", isPerson: true },
];

const many: Option[] = Array.from({ length: 1200 }, (_, place) => ({
  value: `${place}`,
  label: `Company ${place + 1}`,
}));

async function search(text: string, signal: AbortSignal): Promise<readonly Option[]> {
  await new Promise((resolve) => setTimeout(resolve, 400));
  signal.throwIfAborted();
  if (text === "fail") throw new Error("refused");
  return people.filter((person) => person.label.toLowerCase().includes(text.toLowerCase()));
}

const never = () => new Promise<readonly Option[]>(() => undefined);

export function Menus() {
  const [last, setLast] = useState("nothing");
  const entry = (label: string) => () => setLast(label);
  const entries: MenuEntry[] = [
    { label: "Edit", icon: "edit", shortcut: "E", run: entry("Edit") },
    { label: "Copy address", icon: "copy", run: entry("Copy address") },
    { label: "Assign", icon: "person", disabled: true, run: entry("Assign") },
    {
      title: "Show",
      items: [
        { label: "Compact rows", checked: true, run: entry("Compact rows") },
        { label: "Only mine", checked: false, run: entry("Only mine") },
      ],
    },
    {
      title: "",
      items: [{ label: "Delete", icon: "trash", danger: true, run: entry("Delete") }],
    },
  ];
  return (
    <Shown title="Menu">
      <State name="Closed">
        <Menu
          label="More actions"
          entries={entries}
          button={(button) => <IconButton icon="more" label="More actions" {...button} />}
        />
      </State>
      <State name="Long and turned names">
        <Menu
          label="Give to"
          entries={people.map((person) => ({ label: person.label, run: entry(person.label) }))}
          button={(button) => (
            <button type="button" className="button" {...button}>
              Give to
              <Icon name="down" />
            </button>
          )}
        />
      </State>
      <State name="Searched">
        <OptionMenu
          label="Change the status"
          find="Find a status"
          options={statuses}
          onChoose={setLast}
          button={(toggle) => (
            <button type="button" className="button" {...toggle}>
              Change the status
              <Icon name="down" />
            </button>
          )}
        />
      </State>
      <State name="Last chosen">
        <bdi>{last}</bdi>
      </State>
    </Shown>
  );
}

export function Tooltips() {
  return (
    <Shown title="Tooltip">
      <State name="Name of an icon">
        <IconButton icon="copy" label="Copy the address" />
      </State>
      <State name="More words">
        <Tooltip text="Friday, 27 November 2026 at 17:00:00 CET">
          <button type="button" className="button-quiet">
            5m ago
          </button>
        </Tooltip>
      </State>
      <State name="Popover">
        <Popover
          label="Columns"
          button={(toggle) => (
            <button type="button" className="button" {...toggle}>
              Columns
            </button>
          )}
        >
          {() => (
            <ul className="choices">
              {["Name", "Company", "Status"].map((name) => (
                <li key={name}>
                  <label className="choice">
                    <input type="checkbox" defaultChecked />
                    {name}
                  </label>
                </li>
              ))}
            </ul>
          )}
        </Popover>
      </State>
    </Shown>
  );
}

export function Comboboxes() {
  const [status, setStatus] = useState("contacted");
  const [created, setCreated] = useState<Option[]>(statuses);
  const [owner, setOwner] = useState("");
  const [several, setSeveral] = useState<readonly string[]>(["new", "lost"]);
  const create = (label: string) => {
    setCreated((before) => [...before, { value: label, label }]);
    setStatus(label);
  };
  const fixed = { onChange: () => undefined };
  return (
    <Shown title="Combobox">
      <State name="Picklist, creates">
        <Field
          label="Status"
          control={(wiring) => (
            <Combobox
              {...wiring}
              label="Status"
              options={created}
              value={status}
              onChange={setStatus}
              onCreate={create}
              clearable
            />
          )}
        />
      </State>
      <State name="Loaded, empty">
        <Field
          label="Owner"
          control={(wiring) => (
            <Combobox
              {...wiring}
              label="Owner"
              options={search}
              value={owner}
              onChange={setOwner}
              placeholder="Nobody"
              clearable
            />
          )}
        />
      </State>
      <State name="Several">
        <Field
          label="Statuses"
          control={(wiring) => (
            <MultiCombobox
              {...wiring}
              label="Statuses"
              options={statuses}
              values={several}
              onChange={setSeveral}
            />
          )}
        />
      </State>
      <State name="Thousand">
        <Combobox label="Company" options={many} value="" {...fixed} />
      </State>
      <State name="Always loading">
        <Combobox label="Slow" options={never} value="" {...fixed} />
      </State>
      <State name="Long and turned names">
        <MultiCombobox label="People" options={people} values={["3", "4", "5"]} {...fixed} />
      </State>
      <State name="Error">
        <Field
          label="Reason"
          error="Choose a reason."
          control={(wiring) => (
            <Combobox {...wiring} label="Reason" options={statuses} value="" {...fixed} />
          )}
        />
      </State>
      <State name="Disabled">
        <Combobox label="Closed" options={people} value="1" disabled {...fixed} />
      </State>
    </Shown>
  );
}

export function Dialogs() {
  const [open, setOpen] = useState<readonly string[]>([]);
  const show = (name: string) => setOpen((before) => [...before, name]);
  const close = (name: string) => setOpen((before) => before.filter((each) => each !== name));
  const [status, setStatus] = useState("");
  return (
    <Shown title="Dialog and sheet">
      <State name="Dialog">
        <button type="button" className="button" onClick={() => show("dialog")}>
          Open dialog
        </button>
      </State>
      <State name="Sheet">
        <button type="button" className="button" onClick={() => show("sheet")}>
          Open sheet
        </button>
      </State>
      <State name="Dialog that stays">
        <button type="button" className="button" onClick={() => show("stays")}>
          Ask twice
        </button>
      </State>
      {open.includes("stays") && <StayingDialog onAnswer={() => close("stays")} />}
      {open.includes("dialog") && (
        <Dialog title="New thing" onClose={() => close("dialog")}>
          <div className="dialog-content">
            <TextField label="Thing" />
            <Combobox label="Status" options={statuses} value={status} onChange={setStatus} />
            <div className="dialog-foot">
              <button type="button" className="button" onClick={() => show("second")}>
                Open another
              </button>
            </div>
          </div>
        </Dialog>
      )}
      {open.includes("second") && (
        <Dialog title="Over the other" onClose={() => close("second")}>
          <div className="dialog-content">
            <p>Nothing to fill in here.</p>
            <div className="dialog-foot">
              <button type="button" className="button" onClick={() => close("second")}>
                Go back
              </button>
            </div>
          </div>
        </Dialog>
      )}
      {open.includes("sheet") && (
        <Sheet
          title={longName}
          onClose={() => close("sheet")}
          foot={
            <button type="button" className="button button-main" onClick={() => close("sheet")}>
              Done
            </button>
          }
        >
          <TextField label="City" />
          {Array.from({ length: 40 }, (_, place) => (
            <p key={place}>Line {place + 1}</p>
          ))}
        </Sheet>
      )}
    </Shown>
  );
}

function StayingDialog({ onAnswer }: { onAnswer: () => void }) {
  const [asked, setAsked] = useState(0);
  return (
    <Dialog title="Stays until it is answered" onClose={() => setAsked((before) => before + 1)}>
      <div className="dialog-content">
        <p>Asked {asked} times.</p>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onAnswer}>
            Answer
          </button>
        </div>
      </div>
    </Dialog>
  );
}
