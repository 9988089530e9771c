import type { ReactNode } from "react";
import { leadAddress } from "../../core/route";
import type { SortField } from "../../core/leadList";
import { leadName, type Names } from "../../core/leadFields";
import type { ListedLead } from "../../core/types";
import { BandBadge } from "../../parts/BandBadge";
import { Person } from "../../parts/Person";
import { StatusChip } from "../../parts/StatusChip";
import { Time } from "../../parts/Time";

/** A column of the lead list; its width is in styles/grid.css. */
export interface Column {
  id: string;
  title: string;
  sort: SortField | null;
  cell: (lead: ListedLead, names: Names) => ReactNode;
}

export const nameColumn: Column = {
  id: "name",
  title: "Name",
  sort: "last_name",
  cell: (lead) => leadName(lead),
};

/** The first say whom to call; where they do not all fit, the last are left out first. */
export const columns: Column[] = [
  nameColumn,
  { id: "company", title: "Company", sort: "company_name", cell: (lead) => lead.company_name },
  {
    id: "score",
    title: "Score",
    sort: "score",
    cell: (lead) => <BandBadge band={lead.band} score={lead.score} />,
  },
  {
    id: "status",
    title: "Status",
    sort: "status",
    cell: (lead) => <StatusChip status={lead.status} />,
  },
  {
    id: "owner",
    title: "Owner",
    sort: null,
    cell: (lead, names) => <Owner id={lead.owner_id} names={names} />,
  },
  {
    id: "activity",
    title: "Last activity",
    sort: "last_activity_time",
    cell: (lead) => <Time at={lead.last_activity_time} />,
  },
  { id: "phone", title: "Phone", sort: null, cell: (lead) => <Phone lead={lead} /> },
  { id: "email", title: "E-mail", sort: "email", cell: (lead) => lead.email },
  { id: "source", title: "Source", sort: null, cell: (lead, names) => sourceName(lead, names) },
  {
    id: "created",
    title: "Created",
    sort: "create_time",
    cell: (lead) => <Time at={lead.create_time} />,
  },
];

export function addressOf(lead: ListedLead): string {
  return leadAddress(lead.id);
}

function sourceName(lead: ListedLead, names: Names): string {
  return lead.source === "" ? "" : names.source(lead.source);
}

function Phone({ lead }: { lead: ListedLead }) {
  if (lead.phone === "" || lead.phone_valid) return <>{lead.phone}</>;
  return (
    <span className="muted" title="This number cannot exist">
      {lead.phone}
    </span>
  );
}

function Owner({ id, names }: { id: string; names: Names }) {
  if (id === "") return <span className="muted">Unassigned</span>;
  return <Person name={names.member(id)} />;
}
