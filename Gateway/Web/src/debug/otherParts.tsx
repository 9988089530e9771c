import { useState } from "react";
import { NoticeBoard } from "../core/notices";
import { isolated } from "../words/sentences";
import { HealthBadge } from "../areas/accounts/HealthBadge";
import { LifecycleBadge } from "../areas/accounts/LifecycleBadge";
import { roles } from "../areas/contacts/links";
import { RoleBadge } from "../areas/contacts/RoleBadge";
import { BandBadge } from "../areas/leads/BandBadge";
import { Combobox } from "../parts/Combobox";
import { Link } from "../parts/Link";
import { Notices as NoticesPart } from "../parts/Notices";
import { Section } from "../parts/Section";
import { Time } from "../parts/Time";
import { statuses } from "./floatingParts";
import { longName, Shown, State, turningName } from "./shown";

const board = new NoticeBoard();

export function Notices() {
  return (
    <Shown title="Notices">
      <State name="One of each, and one too many">
        <button
          type="button"
          className="button"
          onClick={() => {
            board.done("Gone again");
            board.done("Lead deleted", { label: "Undo", run: () => board.done("Lead is back") });
            board.failed(`${longName} could not be saved. Try again.`);
            board.done(`${isolated(turningName)} is Contacted`);
          }}
        >
          Show notices
        </button>
      </State>
      <NoticesPart board={board} />
    </Shown>
  );
}

export function Others() {
  return (
    <Shown title="Badges, sections, moments">
      <State name="Bands">
        {(["very_hot", "hot", "warm", "cold"] as const).map((band) => (
          <BandBadge key={band} band={band} score={75} />
        ))}
      </State>
      <State name="Healths">
        {(["good", "fair", "poor"] as const).map((health) => (
          <HealthBadge key={health} health={health} score={45} />
        ))}
      </State>
      <State name="Lifecycles">
        {(["prospect", "customer", "churned", "inactive"] as const).map((lifecycle) => (
          <LifecycleBadge key={lifecycle} lifecycle={lifecycle} />
        ))}
      </State>
      <State name="Roles">
        {roles.map((role) => (
          <RoleBadge key={role} role={role} />
        ))}
      </State>
      <State name="Section">
        <Section title={longName}>
          <p>
            With text and a <Link to="/parts">link</Link>.
          </p>
        </Section>
      </State>
      <State name="Moment, and none">
        <Time at="2026-01-02T03:04:05Z" /> <Time at="" />
      </State>
      <State name="In a cell: Enter or F2">
        <Cell />
      </State>
    </Shown>
  );
}

/** A value that is edited in place. */
function Cell() {
  const [status, setStatus] = useState("new");
  const [isEdited, setIsEdited] = useState(false);
  const finish = () => setIsEdited(false);
  if (!isEdited) {
    return (
      <button type="button" className="button-quiet" onClick={() => setIsEdited(true)}>
        {statuses.find((each) => each.value === status)?.label}
      </button>
    );
  }
  return (
    <Combobox
      label="Status in its cell"
      options={statuses}
      value={status}
      startsOpen
      onGiveUp={finish}
      onChange={(value) => {
        setStatus(value);
        finish();
      }}
    />
  );
}
