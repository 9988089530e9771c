import type { Area } from "../../app/areas";
import { lead } from "./lead";
import { statusEntries, substatusEntries } from "./substatuses";
import { words } from "../../words/leads";
import "./rules";

const statuses = { api: "/api/v1/lead-statuses", rows: "lead_statuses" };

export const leadsArea: Area = {
  id: "leads",
  title: words.screen,
  icon: "people",
  group: "work",
  address: "/leads",
  needs: ["lead.read"],
  kinds: [lead],
  picklists: {
    lead_status: { ...statuses, entries: statusEntries },
    lead_substatus: { ...statuses, entries: substatusEntries },
    lead_source: { api: "/api/v1/lead-sources", rows: "lead_sources" },
    disqualification_reason: {
      api: "/api/v1/disqualification-reasons",
      rows: "disqualification_reasons",
    },
  },
  screens: [
    { path: "/leads", title: words.screen, needs: ["lead.read"], load: () => import("./LeadList") },
    { path: "/leads/:id", title: words.record, needs: ["lead.read"], load: () => import("./screens").then(({ LeadPage }) => ({ default: LeadPage })) },
  ],
  create: { label: words.create, needs: "lead.create", load: () => import("./screens").then(({ NewLead }) => ({ default: NewLead })) },
};
