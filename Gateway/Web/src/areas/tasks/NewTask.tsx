import { useWorkspace } from "../../app/workspace";
import { SelectField } from "../../parts/Field";
import { RecordForm } from "../../records/RecordForm";
import { words } from "../../words/taskScreens";
import { readersZone } from "./dueTimes";
import { firstDrafts, reminderName, ruleChange, ruleIn, valuesBesides } from "./newTaskForm";
import { reminderText, usual } from "./reminding";
import { RuleFields } from "./RuleFields";
import { task } from "./task";

interface Props {
  /** When it is due; not yet by default. */
  due?: string;
  onClose: () => void;
}

/** Creates a task, for the member themselves unless they choose others; it may remind them and recur. */
export default function NewTask({ due = "", onClose }: Props) {
  const { session } = useWorkspace();
  const values = { assignee_ids: [session.member.id], priority: "medium", due_time: due };
  const zone = readersZone();
  return (
    <RecordForm
      kind={task}
      hint={words.formHint}
      values={values}
      besides={{
        initial: firstDrafts,
        values: (drafts) => valuesBesides(drafts, zone),
        controls: ({ values: drafts, errors, set }) => (
          <>
            <SelectField
              label={words.form.reminder}
              value={String(drafts[reminderName])}
              onChange={(event) => set({ [reminderName]: event.target.value })}
            >
              <option value="">{words.form.noReminder}</option>
              {usual.map((minutes) => (
                <option key={minutes} value={String(minutes)}>
                  {reminderText(minutes)}
                </option>
              ))}
            </SelectField>
            <RuleFields
              values={ruleIn(drafts)}
              errors={errors}
              set={(change) => set(ruleChange(change))}
              due={String(drafts["due_time"] ?? "")}
              zone={zone}
            />
          </>
        ),
      }}
      onClose={onClose}
    />
  );
}
