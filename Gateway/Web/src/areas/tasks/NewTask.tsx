import { useWorkspace } from "../../app/workspace";
import { RecordForm } from "../../records/RecordForm";
import { words } from "../../words/taskScreens";
import { task } from "./task";

interface Props {
  /** When it is due; not yet by default. */
  due?: string;
  onClose: () => void;
}

/** Creates a task, for the member themselves unless they choose others. */
export default function NewTask({ due = "", onClose }: Props) {
  const { session } = useWorkspace();
  const values = { assignee_ids: [session.member.id], priority: "medium", due_time: due };
  return <RecordForm kind={task} hint={words.formHint} values={values} onClose={onClose} />;
}
