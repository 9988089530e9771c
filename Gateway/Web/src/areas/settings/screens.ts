// Settings and their sections, loaded together: who opens one soon sees another.

export { default as MembersSection } from "./MembersSection";
export { default as PasswordSection } from "./PasswordSection";
export { default as ScoringSection } from "./ScoringSection";
export { default as SettingsScreen } from "./SettingsScreen";
export { default as SourcesSection } from "./SourcesSection";
export { default as StatusesSection } from "./StatusesSection";
