import { useCallback } from "react";
import { kindOf } from "../../app/areas";
import { useWorkspace } from "../../app/workspace";
import type { Activity } from "../../core/api.generated";
import { wordsOf } from "../../core/fields";
import { recordAddress } from "../../core/recordKind";
import { Link } from "../../parts/Link";
import { Time } from "../../parts/Time";
import { words as fields } from "../../words/fields";
import { words as all } from "../../words/homeScreen";
import { activityTitle, loadActivities, objectOf } from "./activities";
import { Card } from "./Card";
import type { Scope } from "./selections";
import { useFresh } from "./useFresh";

const words = all.activity;
const most = 8;
/** How many records a row names. */
const mostNamed = 2;

/** The latest calls, e-mails, meetings and notes, with whom they were about. */
export function RecentActivity({ scope }: { scope: Scope }) {
  const { api, session } = useWorkspace();
  const member = scope === "mine" ? session.member.id : null;
  const load = useCallback(
    (signal: AbortSignal) => loadActivities(api.client, member, most, new Date(), signal),
    [api, member],
  );
  const loaded = useFresh(load, "activity");
  return (
    <Card
      title={words.title}
      rows={most}
      isTall="onPhone"
      loaded={loaded}
      none={({ rows, gaps }) =>
        rows.length + gaps.length > 0 ? "" : scope === "mine" ? words.noneOfYours : words.none
      }
      more={{ title: words.all, address: "/activities" }}
    >
      {({ rows, gaps }) => (
        <>
          <ul className="home-rows">
            {rows.map((activity) => (
              <Row key={activity.id} activity={activity} />
            ))}
          </ul>
          {gaps.length > 0 && <p className="muted">{words.gaps(gaps.map(wordsOf))}</p>}
        </>
      )}
    </Card>
  );
}

function Row({ activity }: { activity: Activity }) {
  const { names } = useWorkspace().directory;
  const { id, type, member_id, related, time } = activity;
  const typeName = fields.choices[type] ?? wordsOf(type);
  const named = related.slice(0, mostNamed);
  // All at once, so that none is pushed aside by another.
  const areKnown = [member_id, ...named].every((each) => names.record(each) !== "");
  return (
    <li className="home-row">
      <span className="home-kind muted">{typeName}</span>
      <Link className="home-what" to={`/activities/${encodeURIComponent(id)}`}>
        <bdi>{activityTitle(activity) || typeName}</bdi>
      </Link>
      <span className="home-facts muted">
        {areKnown && (
          <>
            <bdi>{names.record(member_id)}</bdi>
            {named.map((each) => (
              <About key={each} id={each} />
            ))}
            {related.length > mostNamed && <span className="home-more">{words.others(related.length - mostNamed)}</span>}
          </>
        )}
      </span>
      <span className="home-when muted">
        <Time at={time} />
      </span>
    </li>
  );
}

/** A record by its name, as a link if the member may see its page. */
function About({ id }: { id: string }) {
  const { permissions, directory } = useWorkspace();
  const kind = kindOf(objectOf(id));
  const name = directory.names.record(id);
  if (kind === undefined || !permissions.may(`${kind.object}.read`)) return <bdi>{name}</bdi>;
  return (
    <Link to={recordAddress(kind, id)}>
      <bdi>{name}</bdi>
    </Link>
  );
}
