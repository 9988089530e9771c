import type { ScreenProps } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import { RecordListScreen } from "../../records/RecordListScreen";
import { words } from "../../words/activityScreens";
import { activity } from "./activity";

/** Calls, meetings, e-mails and notes, as far as the member may read what they are about. */
export default function ActivityList(props: ScreenProps) {
  const { permissions } = useWorkspace();
  const reason = permissions.may("activity.create") ? words.noneToAdd : words.none;
  return <RecordListScreen kind={activity} source={{ reason, action: null }} {...props} />;
}
