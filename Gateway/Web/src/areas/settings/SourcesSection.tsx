import { words } from "../../words/settings";
import { words as screens } from "../../words/settingScreens";
import { leadSource } from "./kinds";
import { PicklistSection } from "./PicklistSection";

export default function SourcesSection() {
  return <PicklistSection kind={leadSource} title={screens.sources} about={words.lists.source.about} />;
}
