import { Suspense } from "react";
import { FieldRefusal } from "../../core/problem";
import { dayAndTime } from "../../core/moments";
import type { Rec } from "../../core/recordKind";
import { Field } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { DatePicker } from "../../parts/lazyDates";
import { useForm } from "../../parts/useForm";
import { words as all } from "../../words/taskCalendar";
import { asTask, task } from "./task";

const words = all.moveTo;

interface Props {
  record: Rec;
  move: (id: string, day: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for the day that a task is moved to. */
export function MoveTaskDialog({ record, move, onClose }: Props) {
  const form = useForm({
    initial: { day: dayAndTime(asTask(record).due_time).day },
    send: async ({ day }) => {
      if (day === "") throw new FieldRefusal({ day: words.none });
      await move(record.id, day);
    },
    onDone: onClose,
  });
  return (
    <FormDialog title={words.title(task.title(record))} action={words.save} form={form} onClose={onClose}>
      <Field
        label={words.day}
        error={form.errors["day"]}
        control={(wiring) => (
          <Suspense fallback={<input className="input" aria-label={words.day} readOnly />}>
            <DatePicker label={words.day} {...form.field("day")} {...wiring} />
          </Suspense>
        )}
      />
    </FormDialog>
  );
}
