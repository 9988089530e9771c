import { useWorkspace } from "../app/workspace";
import { Notices } from "./Notices";

/** The notices of the signed-in member's page. */
export function NoticeList() {
  return <Notices board={useWorkspace().notices} />;
}
