import { useWorkspace } from "../../app/workspace";
import type { Lead } from "../../core/types";
import { Section } from "../../parts/Section";
import { Time } from "../../parts/Time";
import { ConflictNotice } from "./ConflictNotice";
import { DeleteLead } from "./DeleteLead";
import { Duplicates } from "./Duplicates";
import { Facts } from "./Facts";
import { LeadHeader } from "./LeadHeader";
import type { OpenLead } from "./useLead";

interface Props {
  open: OpenLead;
  lead: Lead;
  heading: "h1" | "h2";
  onDeleted: () => void;
}

/** A lead: what it is and its score on top, its facts, its relatives. */
export function LeadRecord({ open, lead, heading, onDeleted }: Props) {
  const { permissions } = useWorkspace();
  const mayEdit = permissions.mayEdit(lead);
  return (
    <article className="record">
      <LeadHeader open={open} lead={lead} heading={heading} mayEdit={mayEdit} />
      {open.conflict !== null && <ConflictNotice open={open} conflict={open.conflict} />}
      {!mayEdit && permissions.may("lead.edit") && (
        <p className="form-note">
          This lead belongs to someone else. Your role lets you read it and edit your own leads.
        </p>
      )}
      <div className="record-body">
        <Facts open={open} lead={lead} mayEdit={mayEdit} />
        <div className="record-side">
          <Duplicates lead={lead} />
          <Section title="Times">
            <dl className="times">
              <dt>Created</dt>
              <dd>
                <Time at={lead.create_time} /> <By actor={lead.created_by} />
              </dd>
              <dt>Changed</dt>
              <dd>
                <Time at={lead.update_time} /> <By actor={lead.updated_by} />
              </dd>
              <dt>Last activity</dt>
              <dd>
                <Time at={lead.last_activity_time} />
              </dd>
            </dl>
          </Section>
          {permissions.mayDelete(lead) && <DeleteLead lead={lead} onDeleted={onDeleted} />}
        </div>
      </div>
    </article>
  );
}

/** Who did it, when that was a member. */
function By({ actor }: { actor: string }) {
  const { names } = useWorkspace().directory;
  const name = actor.startsWith("member_") ? names.member(actor) : "";
  return name === "" ? null : <span className="muted">by {name}</span>;
}
