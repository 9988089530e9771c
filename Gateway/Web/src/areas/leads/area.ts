import type { Area } from "../../app/areas";
import { lead } from "./lead";

export const leadsArea: Area = {
  id: "leads",
  title: "Leads",
  icon: "leads",
  group: "work",
  address: "/leads",
  needs: ["lead.read"],
  kinds: [lead],
  screens: [
    { path: "/leads", title: "Leads", needs: ["lead.read"], load: () => import("./LeadList") },
    { path: "/leads/:id", title: "Lead", needs: ["lead.read"], load: () => import("./LeadPage") },
  ],
  create: { label: "New lead", needs: "lead.create", load: () => import("./NewLead") },
};
