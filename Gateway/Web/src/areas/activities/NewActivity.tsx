import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Drafts } from "../../core/fieldDraft";
import { navigate } from "../../core/navigation";
import { type Rec, recordAddress } from "../../core/recordKind";
import { FormDialog } from "../../parts/FormDialog";
import { Segmented } from "../../parts/Segmented";
import { useForm } from "../../parts/useForm";
import { words as screen } from "../../words/activities";
import { words } from "../../words/activityScreens";
import { words as records } from "../../words/records";
import { readersZone } from "../tasks/dueTimes";
import { activity } from "./activity";
import { ActivityFields } from "./ActivityFields";
import { activityDrafts, activityValues, firstValues, isLogged, logged } from "./activityForm";

const besides = ["related"];
const begun = "call";

/** Logs an activity from anywhere, about any records. */
export default function NewActivity({ onClose }: { onClose: () => void }) {
  const { records: api, notices } = useWorkspace();
  const [first] = useState(() => firstValues("meeting", new Date(), readersZone()));
  const initial = { ...everyField, time_zone: String(first["time_zone"]), type: begun };
  const form = useForm<Drafts, Rec>({
    name: `new ${activity.object}`,
    initial,
    thing: activity.one,
    send: (drafts, key) => api.create(activity, activityValues(typeOf(drafts), drafts, besides), key),
    onDone: (record) => {
      const run = () => navigate(recordAddress(activity, record.id));
      const open = { label: records.form.open, run };
      notices.done(words.composer.logged[typeOf(form.values)], open, record.id);
      onClose();
    },
  });
  const type = typeOf(form.values);
  /** Only a meeting is planned for a time to come. */
  const choose = (chosen: string) => {
    const time = String(form.values["time"]);
    if (chosen === "meeting") return form.set({ type: chosen, time: time || String(first["time"]) });
    form.set({ type: chosen, time: Date.parse(time) > Date.now() ? "" : time });
  };
  return (
    <FormDialog title={screen.create} action={words.composer.send[type]} form={form} onClose={onClose}>
      <Segmented
        label={words.form.type}
        value={type}
        choices={logged.map((value) => ({ value, label: words.composer.tabs[value] }))}
        onChange={choose}
      />
      <ActivityFields type={type} form={form} besides={besides} />
    </FormDialog>
  );
}

/** The fields of all types: what was typed stays when another type is chosen. */
const everyField: Drafts = Object.assign({}, ...logged.map((type) => activityDrafts(type, {}, besides)));

function typeOf({ type }: Drafts) {
  const chosen = String(type);
  return isLogged(chosen) ? chosen : begun;
}
