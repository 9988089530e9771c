import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useWorkspace } from "../app/workspace";
import { formatCount } from "../core/format";
import { type ListState, noConditions } from "../core/listState";
import { RecordList } from "../core/recordList";
import { listedFields, type Rec, recordAddress, type RecordKind } from "../core/recordKind";
import { Failure } from "../parts/Failure";
import { Link } from "../parts/Link";
import { Section } from "../parts/Section";
import { Waiting } from "../parts/Waiting";
import { words } from "../words/links";
import { useKnown } from "./useRecord";
import { useListNews } from "./useRecordList";

interface Props {
  kind: RecordKind;
  title: string;
  /** A condition in CEL that selects the records. */
  filter: string;
  /** The field that relates them. */
  by: string;
  /** Fields to request besides those of a list. */
  fields?: readonly string[];
  /** What each row shows besides its name. */
  detail?: (record: Rec) => ReactNode;
}

const noFields: readonly string[] = [];

/** How many are shown at first, and how many more each time. */
const step = 5;

const newestFirst = { field: "create_time", falling: true };

/** The records of a kind that are related to another one, newest first; nothing if the member sees none of the kind. */
export function RelatedList(props: Props) {
  const { permissions } = useWorkspace();
  return permissions.may(`${props.kind.object}.read`) ? <SeenList key={props.filter} {...props} /> : null;
}

function SeenList({ kind, title, filter, by, fields = noFields, detail }: Props) {
  const { records, session } = useWorkspace();
  const [shown, setShown] = useState(step);
  const list = useMemo(() => {
    const search = { filter, query: "", orderBy: "create_time desc" };
    const asked = [...listedFields(kind), ...fields];
    return new RecordList((from, signal) => records.list(kind, search, asked, from, signal));
  }, [records, kind, filter, fields]);
  const state: ListState = useMemo(
    () => ({ ...kind.firstList(session.member), conditions: noConditions, query: "", sort: newestFirst }),
    [kind, session.member],
  );
  useListNews(kind, list, state, by);
  const view = useSyncExternalStore(list.subscribe, list.view, list.view);
  useEffect(() => list.want(0, shown), [list, shown]);
  const ids = list.known.slice(0, shown);
  const count = view.state === "ready" && view.total > 0 ? formatCount(view.total, view.more) : "";
  return (
    <Section title={count === "" ? title : `${title} (${count})`}>
      {view.state === "failed" && <Failure error={view.error} retry={() => list.retry()} />}
      {view.state === "loading" && <Waiting lines={1} />}
      {view.state === "ready" && view.total === 0 && <p className="muted">{words.none(kind)}</p>}
      <ul className="related">
        {ids.map((id) => (
          <RelatedRecord key={id} kind={kind} id={id} detail={detail} />
        ))}
      </ul>
      {view.state === "ready" && view.room > shown && (
        <button type="button" className="button-quiet" onClick={() => setShown((before) => before + step * 4)}>
          {words.more}
        </button>
      )}
    </Section>
  );
}

function RelatedRecord({ kind, id, detail }: { kind: RecordKind; id: string; detail: Props["detail"] }) {
  const record = useKnown(id);
  if (record === undefined) return null;
  return (
    <li>
      <span className="related-what">
        <Link to={recordAddress(kind, id)}>
          <bdi>{kind.title(record)}</bdi>
        </Link>
        {detail !== undefined && <span className="related-detail muted">{detail(record)}</span>}
      </span>
    </li>
  );
}
