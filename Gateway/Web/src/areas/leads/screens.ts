// What shows one lead, loaded together when the first is opened or made; their list comes before.

import "../deals/rules";
import "./face";

export { default as LeadPage } from "./LeadPage";
export { default as NewLead } from "./NewLead";
export { RecordPanel } from "../../records/RecordPanel";
