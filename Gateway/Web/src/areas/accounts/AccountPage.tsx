import type { ScreenProps } from "../../app/areas";
import { RecordPage } from "../../records/RecordPage";
import { account } from "./account";

export default function AccountPage(props: ScreenProps) {
  return <RecordPage kind={account} {...props} />;
}
