import { useWorkspace } from "../../app/workspace";
import { RecordForm } from "../../records/RecordForm";
import { words } from "../../words/projectScreens";
import { project } from "./project";

export default function NewProject({ onClose }: { onClose: () => void }) {
  const { session } = useWorkspace();
  const values = { owner_id: session.member.id, status: "planned" };
  return <RecordForm kind={project} hint={words.formHint} values={values} onClose={onClose} />;
}
