import { RecordForm } from "../../records/RecordForm";
import { lead } from "./lead";
import "./face";

export default function NewLead({ onClose }: { onClose: () => void }) {
  return (
    <RecordForm
      kind={lead}
      hint="A last name or a company, and an e-mail or a phone number."
      onClose={onClose}
    />
  );
}
