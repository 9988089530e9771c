// Settings and their sections, loaded together: who opens one soon sees another. Scoring is apart, for what
// its rules take.

export { LossReasonsSection, WinReasonsSection } from "./CloseReasonsSection";
export { default as DisqualificationReasonsSection } from "./DisqualificationReasonsSection";
export { default as MembersSection } from "./MembersSection";
export { default as PasswordSection } from "./PasswordSection";
export { default as QualificationSection } from "./QualificationSection";
export { default as SettingsScreen } from "./SettingsScreen";
export { default as SourcesSection } from "./SourcesSection";
export { default as StatusesSection } from "./StatusesSection";
export { default as TeamsSection } from "./TeamsSection";
