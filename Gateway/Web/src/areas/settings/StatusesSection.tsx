import { words } from "../../words/settings";
import { words as screens } from "../../words/settingScreens";
import { leadStatus } from "./kinds";
import { PicklistSection } from "./PicklistSection";

export default function StatusesSection() {
  return <PicklistSection kind={leadStatus} title={screens.statuses} about={words.lists.status.about} />;
}
