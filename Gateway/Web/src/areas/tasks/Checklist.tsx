import { type FormEvent, useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { changeLinks, type Link, linksIn } from "../../core/links";
import { explainInLine } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { Checkbox } from "../../parts/Checkbox";
import { TextField } from "../../parts/Field";
import { IconButton } from "../../parts/IconButton";
import { Section } from "../../parts/Section";
import { SortableList } from "../../parts/SortableList";
import { words as all } from "../../words/taskScreens";
import { asTask, task } from "./task";

const words = all.checklist;

interface Step {
  id: string;
  name: string;
  text: string;
  done: boolean;
}

/** The steps of a task, which are ticked off, added, sorted and removed in place. */
export function Checklist({ record }: { record: Rec }) {
  const { records, store, permissions, notices } = useWorkspace();
  const undoable = useUndoable();
  const [error, setError] = useState("");
  const { id, checklist } = asTask(record);
  const mayEdit = permissions.mayEdit(task, record);
  const steps = stepsOf(checklist);
  /** At once on screen; saved with what others changed meanwhile. */
  const change = async (how: (steps: readonly Link[]) => readonly Link[]) => {
    const shown = { checklist: how(linksIn(store.get(id) ?? record, "checklist")) };
    store.patch(id, shown);
    try {
      await changeLinks(records, task, id, "checklist", how);
    } finally {
      store.settle(id, shown);
    }
  };
  const attempt = (how: (steps: readonly Link[]) => readonly Link[]) =>
    change(how).catch((failure: unknown) => notices.failed(explainInLine(failure)));
  const tick = (step: Step, done: boolean) =>
    void attempt((present) => present.map((each) => (isStep(each, step) ? { ...each, done } : each)));
  const sort = (ids: readonly string[]) => {
    const texts = ids.map((each) => steps.find((step) => step.id === each)?.text ?? "");
    const place = (each: Link) => texts.indexOf(String(each["text"]));
    void attempt((present) => [...present].sort((a, b) => place(a) - place(b)));
  };
  const remove = async (step: Step) => {
    try {
      await change((present) => present.filter((each) => !isStep(each, step)));
    } catch (failure) {
      return notices.failed(explainInLine(failure));
    }
    const { text, done } = step;
    const place = steps.indexOf(step);
    const takeBack = async () =>
      void (await change((present) => [...present.slice(0, place), { text, done }, ...present.slice(place)]));
    undoable({ label: words.removed(text), takeBack, about: id });
  };
  const add = async (text: string) => {
    setError("");
    try {
      await change((present) => [...present, { text, done: false }]);
      return true;
    } catch (failure) {
      setError(explainInLine(failure));
      return false;
    }
  };
  const done = steps.filter((step) => step.done).length;
  return (
    <Section title={steps.length === 0 ? words.title : words.titled(done, steps.length)}>
      {steps.length === 0 && !mayEdit && <p className="muted">{words.none}</p>}
      {steps.length > 0 && (
        <SortableList label={words.title} entries={steps} disabled={!mayEdit} onMove={sort}>
          {(step) => (
            <span className={`step ${step.done ? "task-closed" : ""}`}>
              <Checkbox
                label={<bdi className="step-text">{step.text}</bdi>}
                checked={step.done}
                disabled={!mayEdit}
                onChange={(checked) => tick(step, checked)}
              />
              {mayEdit && (
                <IconButton icon="close" label={words.remove(step.text)} onClick={() => void remove(step)} />
              )}
            </span>
          )}
        </SortableList>
      )}
      {mayEdit && <NewStep error={error} add={add} />}
    </Section>
  );
}

function NewStep({ error, add }: { error: string; add: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "" && (await add(text.trim()))) setText("");
  };
  return (
    <form className="inline-form" onSubmit={(event) => void send(event)} noValidate>
      <TextField
        label={words.new}
        value={text}
        maxLength={200}
        error={error}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="button" disabled={text.trim() === ""}>
        {words.add}
      </button>
    </form>
  );
}

/** Steps have no ids: one is known by its text, and by its place among those with the same. */
function stepsOf(checklist: readonly { text: string; done: boolean }[]): readonly Step[] {
  const seen = new Map<string, number>();
  return checklist.map(({ text, done }) => {
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { id: `${count} ${text}`, name: text, text, done };
  });
}

function isStep(each: Link, { text, done }: Step): boolean {
  return each["text"] === text && each["done"] === done;
}
