import type { ScreenProps } from "../../app/areas";
import { RecordPage } from "../../records/RecordPage";
import { lead } from "./lead";

export default function LeadPage(props: ScreenProps) {
  return <RecordPage kind={lead} {...props} />;
}
