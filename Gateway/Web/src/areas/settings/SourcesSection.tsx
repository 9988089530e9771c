import { leadSource } from "./kinds";
import { PicklistSection } from "./PicklistSection";

export default function SourcesSection() {
  return (
    <PicklistSection kind={leadSource} title="Lead sources" about="Where a lead came from." />
  );
}
