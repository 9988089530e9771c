import { useWorkspace } from "../../app/workspace";
import { recordAddress } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { Time } from "../../parts/Time";
import { useKnown } from "../../records/useRecord";
import { useAsking } from "../../records/useRecordList";
import { useRelated } from "../../records/useRelated";
import { words as all } from "../../words/homeScreen";
import { BandBadge } from "../leads/BandBadge";
import { NameAndCompany } from "../leads/cells";
import { asLead, lead } from "../leads/lead";
import { Card } from "./Card";
import { addressOf, filterOf, hotLeads, type Scope } from "./selections";

const words = all.hot;
const most = 12;

/** The newest leads whose score is hot or very hot. */
export function HotLeads({ scope }: { scope: Scope }) {
  const { session } = useWorkspace();
  const selection = hotLeads(scope);
  const { view, ids, list } = useRelated({
    kind: lead,
    filter: filterOf(selection, useAsking()),
    by: "band converted owner_id",
    step: most,
    first: most,
  });
  const loaded = {
    value: view.state === "ready" ? ids : null,
    error: view.state === "failed" ? view.error : null,
    reload: () => list.retry(),
  };
  const none = () => (ids.length > 0 ? "" : scope === "mine" ? words.noneOfYours : words.none);
  const more = { title: words.all, address: addressOf(selection, session.member) };
  return (
    <Card title={words.title} rows={most} loaded={loaded} none={none} more={more}>
      {() => (
        <ul className="home-rows">
          {ids.map((id) => (
            <Row key={id} id={id} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ id }: { id: string }) {
  const record = useKnown(id);
  if (record === undefined) return null;
  const { band, score, create_time } = asLead(record);
  return (
    <li className="home-row">
      <Link className="home-what" to={recordAddress(lead, id)}>
        <NameAndCompany record={record} />
      </Link>
      <BandBadge band={band} score={score} />
      <span className="home-when muted">
        <Time at={create_time} />
      </span>
    </li>
  );
}
