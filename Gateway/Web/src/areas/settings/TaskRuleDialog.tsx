import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { TaskRule } from "../../core/api.generated";
import { choosable } from "../../core/entries";
import { wordsOf } from "../../core/fields";
import { Field, SelectField, TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { MultiCombobox } from "../../parts/MultiCombobox";
import { useForm } from "../../parts/useForm";
import { mayHold, memberOption } from "../../records/useChoices";
import { words as all } from "../../words/taskSettings";
import { priorities } from "../tasks/PriorityBadge";
import { ConditionField } from "./ConditionField";
import { taskRule } from "./kinds";
import { type Length, type Unit, units } from "./lengths";
import { events, ruleOfValues, type RuleValues, valuesOfRule, watchedBy } from "./taskRules";

const words = all.rule;

interface Props {
  /** Null for a new one. */
  rule: TaskRule | null;
  onClose: () => void;
  onDone: () => void;
}

/** Creates or changes a rule that makes tasks; the service checks its condition when it is saved. */
export function TaskRuleDialog({ rule, onClose, onDone }: Props) {
  const { records, notices, directory } = useWorkspace();
  const [showsFaults, setShowsFaults] = useState(false);
  const form = useForm<RuleValues & Record<"wait_minutes" | "due_minutes", string>, string>({
    name: rule?.id ?? "new task rule",
    // The API's names of the lengths are there for its refusals alone.
    initial: { ...valuesOfRule(rule), wait_minutes: "", due_minutes: "" },
    thing: words.one,
    send: async (values, key) => {
      setShowsFaults(true);
      const sent = ruleOfValues(values);
      const saved =
        rule === null
          ? await records.create(taskRule, withoutNothing(sent), key)
          : await records.update(taskRule, rule.id, rule.etag, sent);
      return taskRule.title(saved);
    },
    onDone: (name) => {
      notices.done(words.saved(name));
      onDone();
    },
  });
  const { event, condition, rows, active, category, assignee_ids } = form.values;
  const { kind, fields, first, legend, examples } = watchedBy(event);
  const categories = choosable(directory.entries("task_category"), (key) => key === category);
  const members = directory.members.filter((each) => mayHold(each) || assignee_ids.includes(each.id));
  return (
    <FormDialog
      title={rule === null ? words.add : words.edit}
      action={words.save}
      form={form}
      size="wide"
      onClose={onClose}
    >
      <TextField label={words.ruleName} maxLength={100} {...form.text("display_name")} />
      <SelectField
        label={words.event}
        value={event}
        error={form.errors["event"]}
        onChange={(changed) => {
          const next = changed.target.value;
          // A condition over leads says nothing of deals.
          const isOther = watchedBy(next) !== watchedBy(event);
          form.set({ event: next, ...(isOther ? { condition: "", rows: [] } : {}) });
        }}
      >
        {events.map((each) => (
          <option key={each} value={each}>
            {words.events[each]}
          </option>
        ))}
      </SelectField>
      <ConditionField
        key={kind.object}
        {...{ kind, fields, first, legend, examples, showsFaults }}
        label={words.condition}
        hint={words.examples}
        draft={{ condition, rows }}
        mayBeEmpty
        error={form.errors["condition"]}
        onChange={form.set}
      />
      <LengthField
        label={words.wait}
        hint={words.waitHint}
        value={form.values.wait}
        error={form.errors["wait_minutes"]}
        onChange={(wait) => form.set({ wait })}
      />
      <fieldset className="rule-task">
        <legend>{words.task}</legend>
        <TextField label={words.title} maxLength={200} {...form.text("title")} />
        <TextArea label={words.description} rows={2} maxLength={10_000} {...form.text("description")} />
        <div className="form-pair">
          <SelectField label={words.priority} {...form.text("priority")}>
            {priorities.map((each) => (
              <option key={each} value={each}>
                {wordsOf(each)}
              </option>
            ))}
          </SelectField>
          <SelectField label={words.category} {...form.text("category")}>
            <option value="" />
            {categories.map(({ key, display_name }) => (
              <option key={key} value={key}>
                {display_name}
              </option>
            ))}
          </SelectField>
        </div>
        <LengthField
          label={words.due}
          hint={words.dueHint}
          value={form.values.due}
          error={form.errors["due_minutes"]}
          onChange={(due) => form.set({ due })}
        />
        <Field
          label={words.assignees}
          hint={words.assigneesHint}
          error={form.errors["assignee_ids"]}
          control={(wiring) => (
            <MultiCombobox
              label={words.assignees}
              options={members.map(memberOption)}
              values={assignee_ids}
              onChange={(chosen) => form.set({ assignee_ids: chosen })}
              {...wiring}
            />
          )}
        />
      </fieldset>
      <label className="check">
        <input
          type="checkbox"
          checked={active}
          onChange={(changed) => form.set({ active: changed.target.checked })}
        />
        {words.isActive}
      </label>
    </FormDialog>
  );
}

interface LengthProps {
  label: string;
  hint: string;
  value: Length;
  error: string | undefined;
  onChange: (value: Length) => void;
}

/** A length of time: a number and its unit. */
function LengthField({ label, hint, value, error, onChange }: LengthProps) {
  return (
    <div className="form-pair">
      <TextField
        label={label}
        hint={hint}
        inputMode="numeric"
        value={value.amount}
        error={error}
        onChange={(event) => onChange({ ...value, amount: event.target.value })}
      />
      <SelectField
        label={words.unit}
        aria-label={`${label}: ${words.unit}`}
        value={value.unit}
        onChange={(event) => onChange({ ...value, unit: event.target.value as Unit })}
      >
        {(Object.keys(units) as Unit[]).map((unit) => (
          <option key={unit} value={unit}>
            {words.units[unit]}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** A new rule is sent without what is not set. */
function withoutNothing(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
