import { useEffect, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { wordsOf } from "../../core/fields";
import { navigate } from "../../core/navigation";
import { ApiError, explainInLine, FieldRefusal } from "../../core/problem";
import { recordAddress } from "../../core/recordKind";
import { TextField } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { useForm } from "../../parts/useForm";
import { words as all } from "../../words/taskScreens";
import { dueText, readersZone } from "./dueTimes";
import { readQuickTask } from "./quickTask";
import { ruleWords } from "./recurring";
import { task } from "./task";

const words = all.quick;

interface Props {
  /** What it has besides: the record that it is about, the task that it is a part of. */
  values?: Readonly<Record<string, unknown>>;
  /** What the draft is kept under. */
  name: string;
}

/** What the draft of a line is kept under, by its name. */
export function draftName(name: string): string {
  return `quick task ${name}`;
}

/** Writes a task down in a line, with its due time, recurrence and priority in words at its end. */
export function QuickAdd(props: Props) {
  const { permissions } = useWorkspace();
  const [turn, setTurn] = useState(0);
  if (!permissions.may("task.create")) return null;
  return <Line key={turn} {...props} isNext={turn > 0} onDone={() => setTurn((before) => before + 1)} />;
}

function Line({ values = {}, name, isNext, onDone }: Props & { isNext: boolean; onDone: () => void }) {
  const { records, session, notices } = useWorkspace();
  const form = useForm({
    name: draftName(name),
    initial: { text: "" },
    send: async ({ text }, key) => {
      const { title, due, rule, priority } = readQuickTask(text, new Date());
      if (title === "") throw new FieldRefusal({ text: words.none });
      const said = {
        title,
        assignee_ids: [session.member.id],
        ...(priority === "" ? {} : { priority }),
        ...(due === "" ? {} : { due_time: due, due_time_zone: readersZone() }),
        ...(rule === "" ? {} : { recurrence: { rule } }),
        ...values,
      };
      try {
        return await records.create(task, said, key);
      } catch (failure) {
        throw failure instanceof ApiError ? new FieldRefusal({ text: explainInLine(failure) }) : failure;
      }
    },
    onDone: (record) => {
      const run = () => navigate(recordAddress(task, record.id));
      notices.done(words.added(task.title(record)), { label: words.open, run }, record.id);
      onDone();
    },
  });
  const { element } = form;
  useEffect(() => {
    if (isNext) element.current?.querySelector("input")?.focus();
  }, [isNext, element]);
  return (
    <form ref={element} className="quick-add" onSubmit={form.submit} noValidate>
      <TextField
        label={words.label}
        hint={understood(form.values.text, new Date()) || words.hint}
        autoComplete="off"
        maxLength={300}
        dir="auto"
        {...form.text("text")}
      />
      <button type="submit" className="button" disabled={form.isWorking}>
        <Icon name="plus" />
        {words.add}
      </button>
    </form>
  );
}

/** What was understood of a typed task besides its title, and what cannot be meant; "" for nothing. */
export function understood(text: string, now: Date): string {
  const { due, rule, priority, noDay, meant } = readQuickTask(text, now);
  const said = [
    noDay === "" ? "" : words.noDay(noDay, meant),
    due === "" ? "" : (Date.parse(due) < now.getTime() ? words.past : words.due)(dueText(due, now)),
    rule === "" ? "" : ruleWords(rule),
    priority === "" ? "" : words.priority(wordsOf(priority)),
  ];
  return said.filter((each) => each !== "").join(" · ");
}
