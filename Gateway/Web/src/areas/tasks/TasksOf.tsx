import { Suspense } from "react";
import { lazyPart } from "../../app/lazyScreen";
import { useWorkspace } from "../../app/workspace";
import type { Rec } from "../../core/recordKind";
import { Section } from "../../parts/Section";
import { Waiting } from "../../parts/Waiting";
import { words } from "../../words/tasks";

const RecordTasks = lazyPart(() => import("./RecordTasks"));

/** The tasks about a record on its page, for members who may see tasks; loaded with the first such page. */
export function TasksOf({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  if (!permissions.may("task.read")) return null;
  const room = (
    <Section title={words.screen}>
      <Waiting lines={3} />
    </Section>
  );
  return (
    <Suspense fallback={room}>
      <RecordTasks record={record} />
    </Suspense>
  );
}
