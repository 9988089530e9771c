import { useEffect, useRef } from "react";
import { sheetWidth, useMedia } from "../../app/hooks";
import { leadName } from "../../core/leadFields";
import { leadAddress } from "../../core/route";
import { Failure } from "../../parts/Failure";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Link } from "../../parts/Link";
import { SectionLevel } from "../../parts/Section";
import { LeadRecord } from "./LeadRecord";
import { LeadSkeleton } from "./LeadSkeleton";
import { useLead } from "./useLead";

interface Props {
  id: string;
  onClose: () => void;
}

/** A lead beside its list; where there is no room for both, a sheet over it. */
export function LeadPanel({ id, onClose }: Props) {
  const open = useLead(id);
  const isSheet = useMedia(sheetWidth);
  const panel = useRef<HTMLElement>(null);
  const { lead, error } = open;

  // A sheet covers the list, so the keyboard goes with it; a panel leaves the keyboard in the list.
  useEffect(() => {
    if (isSheet) panel.current?.focus();
  }, [isSheet]);

  return (
    <aside
      ref={panel}
      className="panel"
      tabIndex={-1}
      aria-label={lead === null ? "Lead" : `Lead: ${leadName(lead)}`}
    >
      <div className="panel-bar">
        <Link className="button-quiet" to={leadAddress(id)}>
          <Icon name="open" />
          Open full page
        </Link>
        <IconButton icon="close" label="Close panel" onClick={onClose} />
      </div>
      <div className="panel-body">
        {lead !== null ? (
          <SectionLevel.Provider value={3}>
            <LeadRecord open={open} lead={lead} heading="h2" onDeleted={onClose} />
          </SectionLevel.Provider>
        ) : error !== null ? (
          <Failure error={error} retry={open.reload} />
        ) : (
          <LeadSkeleton />
        )}
      </div>
    </aside>
  );
}
