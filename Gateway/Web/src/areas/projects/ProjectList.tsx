import type { ScreenProps } from "../../app/areas";
import { RecordListScreen } from "../../records/RecordListScreen";
import { words } from "../../words/projectScreens";
import { project } from "./project";

export default function ProjectList(props: ScreenProps) {
  return <RecordListScreen kind={project} source={{ reason: words.none, action: null }} {...props} />;
}
