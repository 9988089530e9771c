import { type ReactNode, useId } from "react";
import { useWorkspace } from "../../app/workspace";
import { callAddress, leadName, mayCall, ownerField, statusField } from "../../core/leadFields";
import type { Lead } from "../../core/types";
import { Icon } from "../../parts/Icon";
import { Person } from "../../parts/Person";
import { StatusChip, useStatusTint } from "../../parts/StatusChip";
import { useChoice } from "../../parts/useChoice";
import { SavingMark } from "./SavingMark";
import { ScoreCard } from "./ScoreCard";
import type { OpenLead, Saving } from "./useLead";

interface Props {
  open: OpenLead;
  lead: Lead;
  heading: "h1" | "h2";
  mayEdit: boolean;
}

/** Who it is, how far it is, whose it is, and the one thing to do next. */
export function LeadHeader({ open, lead, heading: Heading, mayEdit }: Props) {
  const line = [lead.job_title, lead.company_name === leadName(lead) ? "" : lead.company_name];
  return (
    <header className="record-head">
      <div className="record-title">
        <div>
          <Heading className="record-name">{leadName(lead)}</Heading>
          <p className="muted">{line.filter((each) => each !== "").join(", ")}</p>
        </div>
        <Reach lead={lead} />
      </div>
      <ScoreCard lead={lead} />
      <div className="record-keys">
        <StatusKey open={open} lead={lead} mayEdit={mayEdit} />
        <OwnerKey open={open} lead={lead} mayEdit={mayEdit} />
      </div>
    </header>
  );
}

/** The next thing to do with a lead: reach it, in the way it allows. */
function Reach({ lead }: { lead: Lead }) {
  const isCallable = mayCall(lead);
  const mayMail = lead.email !== "" && !lead.do_not_email;
  const mailFirst = mayMail && (!isCallable || lead.preferred_contact_method === "email");
  if (mailFirst) {
    return (
      <a className="button button-main" href={`mailto:${encodeURIComponent(lead.email)}`}>
        <Icon name="mail" />
        Send e-mail
      </a>
    );
  }
  if (!isCallable) return null;
  return (
    <a className="button button-main" href={callAddress(lead)}>
      <Icon name="phone" />
      Call {lead.phone}
    </a>
  );
}

type KeyProps = Omit<Props, "heading">;

function StatusKey({ open, lead, mayEdit }: KeyProps) {
  const { statuses, names } = useWorkspace().directory;
  const tint = useStatusTint(lead.status);
  const choice = useChoice(lead.status, (status) => void open.save(statusField, status));
  const offered = statuses.filter((status) => status.active || status.key === lead.status);
  const isKnown = offered.some((status) => status.key === lead.status);
  return (
    <KeyFact
      label="Status"
      saving={open.savings.status}
      dismiss={() => open.dismiss(statusField)}
      control={
        mayEdit
          ? (id) => (
              <select
                id={id}
                className="input status-select"
                style={tint}
                {...choice}
              >
                {!isKnown && <option value={lead.status}>{names.status(lead.status)}</option>}
                {offered.map((status) => (
                  <option key={status.key} value={status.key}>
                    {status.display_name}
                  </option>
                ))}
              </select>
            )
          : null
      }
    >
      <StatusChip status={lead.status} />
    </KeyFact>
  );
}

function OwnerKey({ open, lead, mayEdit }: KeyProps) {
  const { members, names } = useWorkspace().directory;
  const choices = members.filter(
    (member) => (member.active && member.role !== "read_only") || member.id === lead.owner_id,
  );
  const choice = useChoice(lead.owner_id, (owner) => void open.save(ownerField, owner));
  const isKnown = lead.owner_id === "" || choices.some((member) => member.id === lead.owner_id);
  return (
    <KeyFact
      label="Owner"
      saving={open.savings.owner_id}
      dismiss={() => open.dismiss(ownerField)}
      control={
        mayEdit && members.length > 0
          ? (id) => (
              <select
                id={id}
                className="input"
                {...choice}
              >
                <option value="">Unassigned</option>
                {!isKnown && <option value={lead.owner_id}>{names.member(lead.owner_id)}</option>}
                {choices.map((member) => (
                  <option key={member.id} value={member.id}>
                    {member.display_name}
                  </option>
                ))}
              </select>
            )
          : null
      }
    >
      {lead.owner_id === "" ? (
        <span className="muted">Unassigned</span>
      ) : (
        <Person name={names.member(lead.owner_id)} />
      )}
    </KeyFact>
  );
}

interface KeyFactProps {
  label: string;
  saving: Saving | undefined;
  /** Esc forgets why a choice was refused. */
  dismiss: () => void;
  /** Null where one may only read. */
  control: ((id: string) => ReactNode) | null;
  /** The value for reading. */
  children: ReactNode;
}

/** A key fact under its label: a control for those who may change it, else its value. */
function KeyFact({ label, saving, dismiss, control, children }: KeyFactProps) {
  const id = useId();
  return (
    <div className="key" onKeyDownCapture={(event) => event.key === "Escape" && dismiss()}>
      <span className="key-label">
        {control === null ? label : <label htmlFor={id}>{label}</label>}
        <SavingMark saving={saving} />
      </span>
      {control === null ? children : control(id)}
    </div>
  );
}
