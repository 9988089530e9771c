import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { changeLinks, type Link, linksIn, withLink, withoutLink } from "../../core/links";
import { explainInLine, FieldRefusal } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { FormDialog } from "../../parts/FormDialog";
import { SelectField, TextField } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Menu } from "../../parts/Menu";
import { Section } from "../../parts/Section";
import { useForm } from "../../parts/useForm";
import { words as all } from "../../words/taskScreens";
import { mostReminders, readReminder, reminderText, type Unit, units, usual } from "./reminding";
import { asTask, task } from "./task";

const words = all.reminders;

/** When those who do a task are reminded of it. */
export function Reminders({ record }: { record: Rec }) {
  const { records, permissions, notices } = useWorkspace();
  const undoable = useUndoable();
  const [isAsked, setAsked] = useState(false);
  const { id, due_time, reminders } = asTask(record);
  const mayEdit = permissions.mayEdit(task, record);
  const present = reminders.map(({ minutes }) => minutes).sort((a, b) => a - b);
  const change = (how: (links: readonly Link[]) => readonly Link[]) =>
    changeLinks(records, task, id, "reminders", how);
  const add = (minutes: number) => change((links) => withLink(links, "minutes", { minutes }));
  const press = (minutes: number) =>
    void add(minutes).catch((failure: unknown) => notices.failed(explainInLine(failure)));
  const remove = async (minutes: number) => {
    try {
      await change((links) => withoutLink(links, "minutes", minutes));
    } catch (failure) {
      return notices.failed(explainInLine(failure));
    }
    const takeBack = async () => void (await add(minutes));
    undoable({ label: words.removed(reminderText(minutes)), takeBack, about: id });
  };
  return (
    <Section title={words.title}>
      {present.length === 0 && <p className="muted">{words.none}</p>}
      <ul className="related">
        {present.map((minutes) => (
          <li key={minutes}>
            <span className="related-what">{reminderText(minutes)}</span>
            {mayEdit && (
              <IconButton
                icon="close"
                label={words.remove(reminderText(minutes))}
                onClick={() => void remove(minutes)}
              />
            )}
          </li>
        ))}
      </ul>
      {mayEdit && due_time === "" && <p className="muted">{words.noDue}</p>}
      {mayEdit && due_time !== "" && present.length < mostReminders && (
        <Menu
          label={words.add}
          entries={[
            ...usual
              .filter((minutes) => !present.includes(minutes))
              .map((minutes) => ({ label: reminderText(minutes), run: () => press(minutes) })),
            { label: words.own, run: () => setAsked(true) },
          ]}
          button={(button) => (
            <button type="button" className="button-quiet" {...button}>
              <Icon name="plus" />
              {words.add}
            </button>
          )}
        />
      )}
      {isAsked && <OwnReminder record={record} add={add} onClose={() => setAsked(false)} />}
    </Section>
  );
}

interface OwnProps {
  record: Rec;
  add: (minutes: number) => Promise<Rec>;
  onClose: () => void;
}

/** Asks how long before a task is due. */
function OwnReminder({ record, add, onClose }: OwnProps) {
  const form = useForm<{ before: string; unit: string }>({
    initial: { before: "", unit: "hours" },
    send: async ({ before, unit }) => {
      const minutes = readReminder(before, unit as Unit);
      if (minutes === null) throw new FieldRefusal({ before: words.noNumber });
      if (linksIn(record, "reminders").some((each) => each["minutes"] === minutes)) {
        throw new FieldRefusal({ before: words.twice });
      }
      await add(minutes);
    },
    onDone: onClose,
  });
  return (
    <FormDialog title={words.add} action={words.save} form={form} onClose={onClose}>
      <div className="form-pair">
        <TextField label={words.before} inputMode="numeric" {...form.text("before")} />
        <SelectField label={words.unit} {...form.text("unit")}>
          {(Object.keys(units) as Unit[]).map((unit) => (
            <option key={unit} value={unit}>
              {words.units[unit]}
            </option>
          ))}
        </SelectField>
      </div>
    </FormDialog>
  );
}
