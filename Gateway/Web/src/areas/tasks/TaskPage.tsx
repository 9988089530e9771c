import type { ScreenProps } from "../../app/areas";
import { RecordPage } from "../../records/RecordPage";
import { task } from "./task";

export default function TaskPage(props: ScreenProps) {
  return <RecordPage kind={task} {...props} />;
}
