import { useState } from "react";
import { type Field, isFilled } from "../core/fields";
import type { Rec, RecordKind } from "../core/recordKind";
import { Section } from "../parts/Section";
import { words } from "../words/records";
import { Fact } from "./Fact";
import { useFace } from "./faces";

interface Props {
  kind: RecordKind;
  record: Rec;
  mayEdit: boolean;
}

/** A record's facts in groups: filled ones first, empty ones on request. */
export function Facts({ kind, record, mayEdit }: Props) {
  const [showsAll, setShowsAll] = useState(false);
  const face = useFace(kind);
  const isEmpty = (field: Field) => !isFilled(record[field.name]);
  const isHidden = (field: Field) => isEmpty(field) && face.hides?.(record, field) === true;
  const fields = kind.groups.flatMap((group) => group.fields).filter((field) => !isHidden(field));
  const emptyCount = fields.filter(isEmpty).length;
  return (
    <div className="record-facts">
      {kind.groups.map((group) => {
        const shown = group.fields.filter((field) => fields.includes(field) && (showsAll || !isEmpty(field)));
        if (shown.length === 0) return null;
        return (
          <Section key={group.title} title={group.title}>
            <dl className="facts">
              {shown.map((field) => (
                <Fact
                  key={field.name}
                  kind={kind}
                  record={record}
                  field={field}
                  mayEdit={mayEdit}
                  view={face.value?.(record, field)}
                />
              ))}
            </dl>
          </Section>
        );
      })}
      {emptyCount > 0 && (
        <button
          type="button"
          className="button-quiet"
          aria-expanded={showsAll}
          onClick={() => setShowsAll((before) => !before)}
        >
          {showsAll ? words.facts.hideEmpty : words.facts.showEmpty(emptyCount)}
        </button>
      )}
    </div>
  );
}
