import { useTitle } from "../../app/hooks";
import { navigate } from "../../app/navigation";
import { leadName } from "../../core/leadFields";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { LeadRecord } from "./LeadRecord";
import { LeadSkeleton } from "./LeadSkeleton";
import { useLead } from "./useLead";

/** A lead on a page of its own. */
export function LeadPage({ id }: { id: string }) {
  const open = useLead(id);
  const { lead, error } = open;
  const name = lead === null ? "Lead" : leadName(lead);
  useTitle(name);
  return (
    <div className="screen lead-page">
      <nav className="trail" aria-label="Breadcrumb">
        <Link to="/leads">Leads</Link>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{name}</span>
      </nav>
      {lead !== null ? (
        <LeadRecord open={open} lead={lead} heading="h1" onDeleted={() => navigate("/leads")} />
      ) : error !== null ? (
        <Failure error={error} retry={open.reload} />
      ) : (
        <LeadSkeleton />
      )}
    </div>
  );
}
