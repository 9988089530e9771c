// Settings and their sections, loaded together: who opens one soon sees another. Scoring is apart, for what
// its rules take.

export { default as MembersSection } from "./MembersSection";
export { default as PasswordSection } from "./PasswordSection";
export { default as SettingsScreen } from "./SettingsScreen";
export { default as SourcesSection } from "./SourcesSection";
export { default as StatusesSection } from "./StatusesSection";
