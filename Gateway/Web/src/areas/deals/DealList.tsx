import type { ScreenProps } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import { type LoadBoard, RecordListScreen } from "../../records/RecordListScreen";
import { words } from "../../words/dealScreens";
import { ImportLink, useImportAddress } from "../imports/ImportLink";
import { deal } from "./deal";

/** Loaded when the board is first opened. */
const loadBoard: LoadBoard = () => import("./DealBoard");

const action = <ImportLink kind={deal} />;

export default function DealList(props: ScreenProps) {
  const { permissions } = useWorkspace();
  const reason = permissions.may("deal.create") ? words.none : words.noneForYou;
  return (
    <RecordListScreen
      kind={deal}
      source={{ reason, action }}
      importAddress={useImportAddress(deal)}
      loadBoard={loadBoard}
      {...props}
    />
  );
}
