import "../app/firstLoad";
import { useEffect, useRef } from "react";
import { sheetWidth, useMedia } from "../app/hooks";
import type { RecordList } from "../core/recordList";
import { recordAddress, type RecordKind } from "../core/recordKind";
import { Failure } from "../parts/Failure";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Link } from "../parts/Link";
import { SectionLevel } from "../parts/Section";
import { words as all } from "../words/records";
import { RecordSkeleton } from "./RecordSkeleton";
import { RecordView } from "./RecordView";
import { useNextKeys } from "./useNextKeys";
import { useRecord } from "./useRecord";

const words = all.panel;

interface Props {
  kind: RecordKind;
  id: string;
  list: RecordList;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** A record beside its list; where there is no room for both, a sheet over it. */
export function RecordPanel({ kind, id, list, onOpen, onClose }: Props) {
  const { record, error, isGone, reload } = useRecord(kind, id);
  const isSheet = useMedia(sheetWidth);
  const panel = useRef<HTMLElement>(null);
  const step = useNextKeys(list, id, onOpen);

  // A sheet covers the list, so it takes focus; a panel leaves focus in the list.
  useEffect(() => {
    if (isSheet) panel.current?.focus();
  }, [isSheet]);

  return (
    <aside
      ref={panel}
      className="panel"
      tabIndex={-1}
      aria-label={record === null ? all.name(kind) : words.name(kind, kind.title(record))}
    >
      <div className="panel-bar">
        <Link className="button-quiet" to={recordAddress(kind, id)}>
          <Icon name="open" />
          {words.open}
        </Link>
        <span className="panel-steps">
          <IconButton
            icon="up"
            label={words.previous(kind)}
            disabled={step.previous === null}
            onClick={() => step.previous !== null && onOpen(step.previous)}
          />
          <IconButton
            icon="down"
            label={words.next(kind)}
            disabled={step.next === null}
            onClick={() => step.next !== null && onOpen(step.next)}
          />
          <IconButton icon="close" label={words.close} onClick={onClose} />
        </span>
      </div>
      <div className="panel-body">
        {record !== null ? (
          <SectionLevel.Provider value={3}>
            <RecordView kind={kind} record={record} heading="h2" isGone={isGone} onDeleted={onClose} />
          </SectionLevel.Provider>
        ) : error !== null ? (
          <Failure error={error} retry={reload} />
        ) : (
          <RecordSkeleton kind={kind} />
        )}
      </div>
    </aside>
  );
}
