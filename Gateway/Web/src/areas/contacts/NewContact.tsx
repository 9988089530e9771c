import { RecordForm } from "../../records/RecordForm";
import { words } from "../../words/contactScreens";
import { contact } from "./contact";

export default function NewContact({ onClose }: { onClose: () => void }) {
  return <RecordForm kind={contact} hint={words.formHint} onClose={onClose} />;
}
