import { RecordForm } from "../../records/RecordForm";
import { account } from "./account";

export default function NewAccount({ onClose }: { onClose: () => void }) {
  return <RecordForm kind={account} onClose={onClose} />;
}
