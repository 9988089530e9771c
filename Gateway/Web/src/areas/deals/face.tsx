import type { FieldChange } from "../../core/api.generated";
import type { Field } from "../../core/fields";
import type { Rec } from "../../core/recordKind";
import { type Face, giveFace } from "../../records/faces";
import { LinkedRecords } from "../../records/LinkedRecords";
import { words } from "../../words/dealScreens";
import { contact } from "../contacts/contact";
import { linkFields } from "../contacts/links";
import { roleView } from "../contacts/RoleBadge";
import { TasksOf } from "../tasks/TasksOf";
import { Actions } from "./Actions";
import { CloseDate } from "./CloseDate";
import { asDeal, deal } from "./deal";
import { StageBar } from "./StageBar";
import { StageHistory } from "./StageHistory";
import { enteredStages, useStageVisits } from "./useStageVisits";

function Headline({ record }: { record: Rec }) {
  const { value } = useStageVisits(record);
  return <StageBar record={record} entered={enteredStages(value, asDeal(record).pipeline_id)} />;
}

function Aside({ record }: { record: Rec }) {
  return (
    <>
      <TasksOf record={record} />
      <LinkedRecords
        kind={deal}
        record={record}
        field="contacts"
        of={contact}
        link={linkFields.contact_id}
        details={[linkFields.role]}
        view={roleView}
        title={words.contacts}
      />
      <StageHistory record={record} />
    </>
  );
}

function cell(record: Rec, field: Field) {
  return field.name === "expected_close_date" ? <CloseDate record={record} /> : undefined;
}

/** A closed deal is open again only by being reopened. */
function cameBy(changes: readonly FieldChange[]): string {
  return changes.some(({ field, new: value }) => field === "status" && value === "open") ? "reopen" : "";
}

const face: Face = { Headline, Actions, Aside, cell, cameBy };

giveFace(deal, face);
