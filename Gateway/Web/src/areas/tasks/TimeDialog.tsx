import { useWorkspace } from "../../app/workspace";
import { FieldRefusal } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { DateTimePicker } from "../../parts/lazyDates";
import { Field, TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { Suspense, useState } from "react";
import { words as all } from "../../words/taskScreens";
import { readDuration } from "../../core/durations";
import { timeLog } from "./timeLog";

const words = all.time;
const hour = 60 * 60;
const longest = 31 * 24 * hour;

/** Logs time on a task that was not measured by a timer. */
export function TimeDialog({ record, onClose }: { record: Rec; onClose: () => void }) {
  const { records } = useWorkspace();
  const [begun] = useState(() => anHourAgo(new Date()));
  const form = useForm({
    name: `time ${record.id}`,
    initial: { start_time: begun, took: "", note: "" },
    send: async ({ start_time, took, note }, key) => {
      const seconds = readDuration(took);
      if (seconds === null || seconds === 0) throw new FieldRefusal({ took: words.noTime });
      if (seconds > longest) throw new FieldRefusal({ took: words.tooLong });
      const end_time = new Date(Date.parse(start_time) + 1000 * seconds).toISOString();
      await records.create(timeLog, { task_id: record.id, start_time, end_time, note: note.trim() }, key);
    },
    onDone: onClose,
  });
  return (
    <FormDialog title={words.log} action={words.log} form={form} onClose={onClose}>
      <Field
        label={words.began}
        error={form.errors["start_time"]}
        control={(wiring) => (
          <Suspense fallback={<input className="input" aria-label={words.began} readOnly />}>
            <DateTimePicker label={words.began} {...form.field("start_time")} {...wiring} />
          </Suspense>
        )}
      />
      <TextField label={words.took} hint={words.tookHint} autoComplete="off" {...form.text("took")} />
      <TextArea label={words.note} rows={2} maxLength={1000} {...form.text("note")} />
    </FormDialog>
  );
}

/** When an hour of work that ends now began, to the minute. */
function anHourAgo(now: Date): string {
  const minutes = Math.floor(now.getTime() / 60_000) - 60;
  return new Date(minutes * 60_000).toISOString().replace(".000Z", "Z");
}
