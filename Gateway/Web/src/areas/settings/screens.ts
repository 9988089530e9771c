// Settings and their sections, loaded together: after one, another is often opened. Scoring is separate, because
// its rules need more code.

import "../../app/firstLoad";
import "../../app/laterStyles";
export { LossReasonsSection, WinReasonsSection } from "./CloseReasonsSection";
export { default as DisqualificationReasonsSection } from "./DisqualificationReasonsSection";
export { default as MembersSection } from "./MembersSection";
export { default as OverdueSection } from "./OverdueSection";
export { default as PasswordSection } from "./PasswordSection";
export { default as QualificationSection } from "./QualificationSection";
export { default as SettingsScreen } from "./SettingsScreen";
export { default as SourcesSection } from "./SourcesSection";
export { default as StatusesSection } from "./StatusesSection";
export { default as TaskCategoriesSection } from "./TaskCategoriesSection";
export { default as TeamsSection } from "./TeamsSection";
