import type { ScreenProps } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import { Link } from "../../parts/Link";
import { RecordListScreen } from "../../records/RecordListScreen";
import { lead } from "./lead";
import { words } from "../../words/leads";

/** Loaded when a lead is first opened beside the list. */
const loadPanel = () => import("./screens").then(({ RecordPanel }) => ({ default: RecordPanel }));

export default function LeadList(props: ScreenProps) {
  const { permissions } = useWorkspace();
  const source = {
    reason: words.none.reason,
    action: permissions.may("import.create") && (
      <Link className="button button-main" to="/imports/new">
        {words.none.import}
      </Link>
    ),
  };
  return <RecordListScreen kind={lead} source={source} loadPanel={loadPanel} {...props} />;
}
