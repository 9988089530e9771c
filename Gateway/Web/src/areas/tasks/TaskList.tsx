import type { ScreenProps } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import { type LoadCalendar, RecordListScreen } from "../../records/RecordListScreen";
import { words } from "../../words/taskScreens";
import { useImportAddress } from "../imports/ImportLink";
import { task } from "./task";
import { TaskTabs } from "./TaskTabs";

/** Loaded when the calendar is first opened. */
const loadCalendar: LoadCalendar = () => import("./TaskCalendar");

/** All tasks that the member may see, as a table, as a board by status, or in a calendar by due date. */
export default function TaskList(props: ScreenProps) {
  const { permissions } = useWorkspace();
  const importAddress = useImportAddress(task);
  const reason = permissions.may("task.create") ? words.noneToAdd : words.none;
  return (
    <RecordListScreen
      kind={task}
      source={{ reason, action: null }}
      beside={<TaskTabs />}
      loadCalendar={loadCalendar}
      importAddress={importAddress}
      {...props}
    />
  );
}
