import type { ScreenProps } from "../../app/areas";
import { RecordPage } from "../../records/RecordPage";
import { project } from "./project";

export default function ProjectPage(props: ScreenProps) {
  return <RecordPage kind={project} {...props} />;
}
