import { useWorkspace } from "../../app/workspace";
import type { Drafts } from "../../core/fieldDraft";
import type { Rec } from "../../core/recordKind";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { words as all } from "../../words/activityScreens";
import { activity, asActivity } from "./activity";
import { ActivityFields } from "./ActivityFields";
import { activityDrafts, changedValues, isLogged } from "./activityForm";

const words = all.form;
const besides = ["related"];

/** Changes an activity where it is shown. */
export function EditActivity({ record, onClose }: { record: Rec; onClose: () => void }) {
  const { records } = useWorkspace();
  const { type } = asActivity(record);
  const logged = isLogged(type) ? type : "note";
  const form = useForm<Drafts>({
    name: `edit ${record.id}`,
    initial: activityDrafts(logged, record, besides),
    thing: activity.one,
    send: async (drafts) => {
      const values = changedValues(record, logged, drafts, besides);
      if (Object.keys(values).length > 0) await records.update(activity, record.id, record.etag, values);
    },
    onDone: onClose,
  });
  return (
    <FormDialog title={words.edit(activity.title(record))} action={words.save} form={form} onClose={onClose}>
      <ActivityFields type={logged} form={form} besides={besides} />
    </FormDialog>
  );
}
