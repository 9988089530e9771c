import { type KeyboardEvent, useContext, useEffect, useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { Drafts } from "../../core/drafts";
import type { Drafts as FieldDrafts } from "../../core/fieldDraft";
import type { StoryProps } from "../../app/areas";
import type { Rec } from "../../core/recordKind";
import { FormError } from "../../parts/FormError";
import { Tabs } from "../../parts/Tabs";
import { DraftsContext, useForm } from "../../parts/useForm";
import { words as all } from "../../words/activityScreens";
import { readersZone } from "../tasks/dueTimes";
import { draftName, QuickAdd } from "../tasks/QuickAdd";
import { task } from "../tasks/task";
import { activity } from "./activity";
import { ActivityFields } from "./ActivityFields";
import { activityDrafts, activityValues, firstValues, isLogged, type Logged, logged } from "./activityForm";

const words = all.composer;

type Tab = keyof typeof words.tabs;

/** What drafts of a record's activities, and of a task in the composer, are kept under. */
const activityName = (type: Logged, { id }: Rec) => `${type} ${id}`;
const taskName = ({ id }: Rec) => `${task.one} ${id}`;

/** Whether something is typed under a tab that was not sent. */
export function isBegun(drafts: Pick<Drafts, "read"> | null, tab: Tab, record: Rec): boolean {
  const name = tab === "task" ? draftName(taskName(record)) : activityName(tab, record);
  return drafts !== null && Object.keys(drafts.read(name)?.changes ?? {}).length > 0;
}

/** Writes down what happens with a record: a note, a call, an e-mail, a meeting, or a task to come. */
export default function Composer({ kind, record }: StoryProps) {
  const { permissions } = useWorkspace();
  const drafts = useContext(DraftsContext);
  const [turn, setTurn] = useState(0);
  // The page of a task or a project has a line for its own tasks.
  const hasTask = permissions.may("task.create") && !["task", "project"].includes(kind.object);
  const shown = [...logged, ...(hasTask ? (["task"] as const) : [])];
  // After a reload, what was begun is in sight.
  const [tab, setTab] = useState<Tab>(() => shown.find((each) => isBegun(drafts, each, record)) ?? "note");
  const tabs = shown.map((id) => ({ id, label: words.tabs[id] }));
  return (
    <section className="card composer-card" aria-label={words.name}>
      <Tabs label={words.types} tabs={tabs} selected={tab} onSelect={(id) => setTab(id as Tab)}>
        {isLogged(tab) ? (
          <ActivityForm
            key={`${tab} ${turn} ${record.id}`}
            type={tab}
            record={record}
            isNext={turn > 0}
            onDone={() => setTurn((before) => before + 1)}
          />
        ) : (
          <QuickAdd name={taskName(record)} values={{ related: [record.id] }} />
        )}
      </Tabs>
    </section>
  );
}

interface FormProps {
  type: Logged;
  record: Rec;
  /** Whether one was sent before: the next one is written where that was. */
  isNext: boolean;
  onDone: () => void;
}

function ActivityForm({ type, record, isNext, onDone }: FormProps) {
  const { records } = useWorkspace();
  const undoable = useUndoable();
  const [initial] = useState(() => activityDrafts(type, firstValues(type, new Date(), readersZone())));
  const form = useForm<FieldDrafts, Rec>({
    name: activityName(type, record),
    initial,
    thing: activity.one,
    send: (drafts, key) =>
      records.create(activity, { ...activityValues(type, drafts), related: [record.id] }, key),
    onDone: ({ id }) => {
      const takeBack = async () => {
        await records.delete(activity, id);
        return words.removed;
      };
      undoable({ label: words.logged[type], takeBack, about: id });
      onDone();
    },
  });
  const { element } = form;
  useEffect(() => {
    if (isNext) element.current?.querySelector<HTMLElement>("input, textarea")?.focus();
  }, [isNext, element]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit(event as never);
  };
  return (
    <form ref={element} className="composer" onSubmit={form.submit} onKeyDown={onKeyDown} noValidate>
      <FormError error={form.failure} />
      <ActivityFields type={type} form={form} />
      <button type="submit" className={`button ${form.isDirty ? "button-main" : ""}`} disabled={form.isWorking}>
        {words.send[type]}
      </button>
    </form>
  );
}
