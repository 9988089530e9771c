import { words as screens } from "../../words/settingScreens";
import { words } from "../../words/taskSettings";
import { taskCategory } from "./kinds";
import { PicklistSection } from "./PicklistSection";

export default function TaskCategoriesSection() {
  return <PicklistSection kind={taskCategory} title={screens.taskCategories} about={words.category.about} />;
}
