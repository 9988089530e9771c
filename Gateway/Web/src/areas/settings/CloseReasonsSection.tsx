import { words } from "../../words/settings";
import { words as screens } from "../../words/settingScreens";
import { lossReason, winReason } from "./kinds";
import { PicklistSection } from "./PicklistSection";

export function WinReasonsSection() {
  return <PicklistSection kind={winReason} title={screens.winReasons} about={words.lists.win.about} />;
}

export function LossReasonsSection() {
  return <PicklistSection kind={lossReason} title={screens.lossReasons} about={words.lists.loss.about} />;
}
