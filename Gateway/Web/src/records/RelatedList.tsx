import type { ReactNode } from "react";
import { useWorkspace } from "../app/workspace";
import { formatCount } from "../core/format";
import { type Rec, recordAddress, type RecordKind } from "../core/recordKind";
import { Failure } from "../parts/Failure";
import { Link } from "../parts/Link";
import { Section } from "../parts/Section";
import { Waiting } from "../parts/Waiting";
import { words } from "../words/links";
import { useKnown } from "./useRecord";
import { type Relation, useRelated } from "./useRelated";

interface Props extends Relation {
  title: string;
  /** What each row shows besides its name. */
  detail?: (record: Rec) => ReactNode;
  /** A whole row, in place of name and detail. */
  row?: (record: Rec) => ReactNode;
  /** What is said in place of "No deals". */
  none?: string;
  /** Below the rows: how one is added. */
  children?: ReactNode;
}

/** The records of a kind that are related to another one; nothing if the member sees none of the kind. */
export function RelatedList(props: Props) {
  const { permissions } = useWorkspace();
  return permissions.may(`${props.kind.object}.read`) ? <SeenList key={props.filter} {...props} /> : null;
}

function SeenList(props: Props) {
  const { kind, title, none, children } = props;
  const { list, view, ids, more } = useRelated(props);
  const count = view.state === "ready" && view.total > 0 ? formatCount(view.total, view.more) : "";
  return (
    <Section title={count === "" ? title : `${title} (${count})`}>
      {view.state === "failed" && <Failure error={view.error} retry={() => list.retry()} />}
      {view.state === "loading" && <Waiting lines={1} />}
      {view.state === "ready" && view.total === 0 && <p className="muted">{none ?? words.none(kind)}</p>}
      <ul className="related">
        {ids.map((id) => (
          <RelatedRecord key={id} kind={kind} id={id} detail={props.detail} row={props.row} />
        ))}
      </ul>
      {more !== null && (
        <button type="button" className="button-quiet" onClick={more}>
          {words.more}
        </button>
      )}
      {children}
    </Section>
  );
}

interface RowProps {
  kind: RecordKind;
  id: string;
  detail: Props["detail"];
  row: Props["row"];
}

function RelatedRecord({ kind, id, detail, row }: RowProps) {
  const record = useKnown(id);
  if (record === undefined) return null;
  if (row !== undefined) return <li>{row(record)}</li>;
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
