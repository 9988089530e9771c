import type { ScreenProps } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import { RecordListScreen } from "../../records/RecordListScreen";
import { words } from "../../words/taskScreens";
import { task } from "./task";
import { TaskTabs } from "./TaskTabs";

/** All tasks that the member may see, as a table or as a board by status. */
export default function TaskList(props: ScreenProps) {
  const { permissions } = useWorkspace();
  const reason = permissions.may("task.create") ? words.noneToAdd : words.none;
  return <RecordListScreen kind={task} source={{ reason, action: null }} beside={<TaskTabs />} {...props} />;
}
