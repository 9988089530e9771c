import type { ScreenProps } from "../../app/areas";
import { RecordListScreen } from "../../records/RecordListScreen";
import { ImportLink, useImportAddress } from "../imports/ImportLink";
import { lead } from "./lead";
import { words } from "../../words/leads";

/** Loaded when a lead is first opened beside the list. */
const loadPanel = () => import("./screens").then(({ RecordPanel }) => ({ default: RecordPanel }));

const source = { reason: words.none, action: <ImportLink kind={lead} /> };

export default function LeadList(props: ScreenProps) {
  return (
    <RecordListScreen
      kind={lead}
      source={source}
      importAddress={useImportAddress(lead)}
      loadPanel={loadPanel}
      {...props}
    />
  );
}
