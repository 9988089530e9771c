import { useState } from "react";
import { kindOf } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import { isReopenable } from "../../core/conversion";
import { explainInLine } from "../../core/problem";
import { type Rec, recordAddress } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { Section } from "../../parts/Section";
import { Time } from "../../parts/Time";
import { useClock } from "../../parts/useClock";
import { words } from "../../words/conversion";
import { asLead, lead, leadName } from "./lead";

/** The records that a lead was converted into, and a button to undo that while it is possible. */
export function Conversion({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const { converted, conversion_time, account_id, contact_id, deal_id, conversion_override_reason } =
    asLead(record);
  const isRecent = useClock((now) => (isReopenable(conversion_time, now) ? "yes" : "")) !== "";
  if (!converted) return null;
  return (
    <Section title={words.section}>
      <p>
        {words.converted} <Time at={conversion_time} />
      </p>
      {conversion_override_reason !== "" && (
        <p className="muted">{words.overridden(conversion_override_reason)}</p>
      )}
      <Became account={account_id} contact={contact_id} deal={deal_id} />
      {isRecent && permissions.mayDo("convert", lead, record) && <Undo record={record} />}
    </Section>
  );
}

/** The way on from a converted lead: to its deal, or else to whom it became. */
export function OutcomeLink({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const { converted, deal_id, contact_id, account_id } = asLead(record);
  const became = { deal: deal_id, contact: contact_id, account: account_id };
  const objects = Object.keys(became) as (keyof typeof became)[];
  const object = objects.find((each) => became[each] !== "" && permissions.may(`${each}.read`));
  const kind = object && kindOf(object);
  if (!converted || object === undefined || kind === undefined) return null;
  return (
    <Link className="button button-main" to={recordAddress(kind, became[object])}>
      {words.go[object]}
    </Link>
  );
}

/** The three records that a lead was converted into. */
export function Became({ account, contact, deal }: Readonly<Record<keyof typeof words.became, string>>) {
  return (
    <dl className="facts">
      {Object.entries({ account, contact, deal }).map(([object, id]) => (
        <div key={object} className="fact">
          <dt>{words.became[object as keyof typeof words.became]}</dt>
          <dd>
            {id === "" ? (
              <span className="muted">{words.noDeal}</span>
            ) : (
              <RecordLink object={object} id={id} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A record's name; a link if the member may open it. */
function RecordLink({ object, id }: { object: string; id: string }) {
  const { directory, permissions } = useWorkspace();
  const kind = kindOf(object);
  const name = directory.names.record(id) || words.became[object as keyof typeof words.became];
  if (kind === undefined || !permissions.may(`${object}.read`)) return <bdi>{name}</bdi>;
  return (
    <Link to={recordAddress(kind, id)}>
      <bdi>{name}</bdi>
    </Link>
  );
}

function Undo({ record }: { record: Rec }) {
  const { records, notices } = useWorkspace();
  const [isWorking, setIsWorking] = useState(false);
  const undo = async () => {
    setIsWorking(true);
    try {
      notices.done(words.undone(leadName(await records.verb(lead, record.id, "unconvert"))));
    } catch (failure) {
      notices.failed(explainInLine(failure));
    }
    setIsWorking(false);
  };
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={isWorking}
        aria-describedby="undo-conversion"
        onClick={() => void undo()}
      >
        {words.undo}
      </button>
      <p id="undo-conversion" className="field-hint">
        {words.undoWhat}
      </p>
    </>
  );
}
