import { words } from "../../words/settings";
import { words as screens } from "../../words/settingScreens";
import { disqualificationReason } from "./kinds";
import { PicklistSection } from "./PicklistSection";

export default function DisqualificationReasonsSection() {
  return (
    <PicklistSection
      kind={disqualificationReason}
      title={screens.disqualificationReasons}
      about={words.lists.disqualification.about}
    />
  );
}
