import type { ScreenProps } from "../../app/areas";
import { RecordPage } from "../../records/RecordPage";
import { contact } from "./contact";

export default function ContactPage(props: ScreenProps) {
  return <RecordPage kind={contact} {...props} />;
}
