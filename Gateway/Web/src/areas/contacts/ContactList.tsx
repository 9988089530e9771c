import type { ScreenProps } from "../../app/areas";
import { RecordListScreen } from "../../records/RecordListScreen";
import { words } from "../../words/contactScreens";
import { ImportLink, useImportAddress } from "../imports/ImportLink";
import { contact } from "./contact";

const source = { reason: words.none, action: <ImportLink kind={contact} /> };

export default function ContactList(props: ScreenProps) {
  const importAddress = useImportAddress(contact);
  return <RecordListScreen kind={contact} source={source} importAddress={importAddress} {...props} />;
}
