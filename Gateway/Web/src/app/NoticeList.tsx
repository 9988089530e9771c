import { useWorkspace } from "./workspace";
import { Notices } from "../parts/Notices";

/** The notices of the signed-in member's page. */
export function NoticeList() {
  return <Notices board={useWorkspace().notices} />;
}
