import { leadStatus } from "./kinds";
import { PicklistSection } from "./PicklistSection";

export default function StatusesSection() {
  return (
    <PicklistSection
      kind={leadStatus}
      title="Lead statuses"
      about="How far a lead is. A new lead has the first one."
    />
  );
}
