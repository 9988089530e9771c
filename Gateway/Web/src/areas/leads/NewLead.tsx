import { RecordForm } from "../../records/RecordForm";
import { words } from "../../words/leads";
import { lead } from "./lead";

export default function NewLead({ onClose }: { onClose: () => void }) {
  return <RecordForm kind={lead} hint={words.formHint} onClose={onClose} />;
}
