import type { ScreenProps } from "../../app/areas";
import { RecordListScreen } from "../../records/RecordListScreen";
import { words } from "../../words/accountScreens";
import { ImportLink, useImportAddress } from "../imports/ImportLink";
import { account } from "./account";

const source = { reason: words.none, action: <ImportLink kind={account} /> };

export default function AccountList(props: ScreenProps) {
  const importAddress = useImportAddress(account);
  return <RecordListScreen kind={account} source={source} importAddress={importAddress} {...props} />;
}
