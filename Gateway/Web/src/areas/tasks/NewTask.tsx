import { useWorkspace } from "../../app/workspace";
import { RecordForm } from "../../records/RecordForm";
import { words } from "../../words/taskScreens";
import { task } from "./task";

/** Creates a task, for the member themselves unless they choose others. */
export default function NewTask({ onClose }: { onClose: () => void }) {
  const { session } = useWorkspace();
  const values = { assignee_ids: [session.member.id], priority: "medium" };
  return <RecordForm kind={task} hint={words.formHint} values={values} onClose={onClose} />;
}
