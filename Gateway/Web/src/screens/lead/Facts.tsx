import { useState } from "react";
import { isFilled, leadFieldGroups } from "../../core/leadFields";
import type { Lead } from "../../core/types";
import { Fact } from "./Fact";
import { Section } from "../../parts/Section";
import type { OpenLead } from "./useLead";

interface Props {
  open: OpenLead;
  lead: Lead;
  mayEdit: boolean;
}

/** A lead's facts in groups; at first only those that are filled. */
export function Facts({ open, lead, mayEdit }: Props) {
  const [showsAll, setShowsAll] = useState(false);
  const fields = leadFieldGroups.flatMap((group) => group.fields);
  const emptyCount = fields.filter((field) => !isFilled(lead, field.name)).length;
  return (
    <div className="record-facts">
      {leadFieldGroups.map((group) => {
        const shown = group.fields.filter((field) => showsAll || isFilled(lead, field.name));
        if (shown.length === 0) return null;
        return (
          <Section key={group.title} title={group.title}>
            <dl className="facts">
              {shown.map((field) => (
                <Fact
                  key={field.name}
                  field={field}
                  lead={lead}
                  mayEdit={mayEdit}
                  saving={open.savings[field.name]}
                  save={(value) => open.save(field, value)}
                  dismiss={() => open.dismiss(field)}
                />
              ))}
            </dl>
          </Section>
        );
      })}
      {mayEdit && emptyCount > 0 && (
        <button
          type="button"
          className="button-quiet"
          aria-expanded={showsAll}
          onClick={() => setShowsAll((before) => !before)}
        >
          {showsAll ? "Hide empty fields" : `Show ${emptyCount} empty fields`}
        </button>
      )}
    </div>
  );
}
