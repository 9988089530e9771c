import type { ScreenProps } from "../../app/areas";
import { RecordPage } from "../../records/RecordPage";
import { activity } from "./activity";

export default function ActivityPage(props: ScreenProps) {
  return <RecordPage kind={activity} {...props} />;
}
