import type { ScreenProps } from "../../app/areas";
import { RecordPage } from "../../records/RecordPage";
import { lead } from "./lead";
import "./face";

export default function LeadPage(props: ScreenProps) {
  return <RecordPage kind={lead} {...props} />;
}
