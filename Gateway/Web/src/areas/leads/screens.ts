// The screens of one lead, loaded together when the first one is opened or created; their list is loaded earlier.

import "../../app/firstLoad";
import "../deals/rules";
import "./face";

export { default as LeadPage } from "./LeadPage";
export { default as NewLead } from "./NewLead";
export { RecordPanel } from "../../records/RecordPanel";
