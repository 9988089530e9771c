import type { ScreenProps } from "../../app/areas";
import { RecordPage } from "../../records/RecordPage";
import { deal } from "./deal";

export default function DealPage(props: ScreenProps) {
  return <RecordPage kind={deal} {...props} />;
}
