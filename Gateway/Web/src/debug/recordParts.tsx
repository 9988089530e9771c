import { useState } from "react";
import { FakeWorkspace } from "../../test/fakeWorkspace";
import { parcel } from "../../test/fixtureKind";
import { type Conditions, noConditions } from "../core/listState";
import type { Rec } from "../core/recordKind";
import { FilterBar } from "../records/FilterBar";
import { GridCell } from "../records/GridCell";
import FieldBoard from "../records/FieldBoard";
import { RecordForm } from "../records/RecordForm";
import { RecordView } from "../records/RecordView";
import { arabicName, longName, Shown, State, turningName } from "./shown";

const everything = ["read", "create", "edit", "delete"].map((verb) => `parcel.${verb}`);

const filled = parcel.decode({
  id: "parcel_1",
  etag: "1",
  name: longName,
  contents: "Two novels\nand an atlas",
  recipient: "charles.babbage@example.com",
  pieces: 3,
  weight: 2.125,
  worth: { amount_minor: "123450", currency: "HUF" },
  fragile: true,
  due: "2026-11-27",
  handed_over: "2026-01-31T09:30:00Z",
  carrier: "rail",
  status: "packed",
  owner_id: "member_1",
  tags: ["heavy", arabicName, turningName],
});
const empty = parcel.decode({ id: "parcel_2", etag: "1", name: "Empty" });

/** A kind of record that has only a description, in everything that screens make of it. */
export function Records() {
  const [conditions, setConditions] = useState<Conditions>(noConditions);
  const [isMaking, setMaking] = useState(false);
  return (
    <FakeWorkspace permissions={everything}>
      <Shown title="Record of any kind">
        <State name="Filters" isWhole>
          <FilterBar kind={parcel} conditions={conditions} onChange={setConditions} />
        </State>
        <State name="Board" isWhole>
          <Board />
        </State>
        <State name="Form">
          <button type="button" className="button" onClick={() => setMaking(true)}>
            New parcel
          </button>
          {isMaking && <RecordForm kind={parcel} onClose={() => setMaking(false)} />}
        </State>
        <State name="Cells">
          <Cells record={filled} />
        </State>
        <State name="Page, filled" isWhole>
          <RecordView kind={parcel} record={filled} heading="h2" isGone={false} onDeleted={() => undefined} />
        </State>
        <State name="Page, empty" isWhole>
          <RecordView kind={parcel} record={empty} heading="h2" isGone={false} onDeleted={() => undefined} />
        </State>
        <State name="Page, gone" isWhole>
          <RecordView kind={parcel} record={filled} heading="h2" isGone onDeleted={() => undefined} />
        </State>
      </Shown>
    </FakeWorkspace>
  );
}

function Board() {
  const state = parcel.firstList({ id: "member_1", role: "admin" });
  if (parcel.board === null) return null;
  return <FieldBoard kind={parcel} state={state} change={() => undefined} open="" onOpen={() => undefined} />;
}

function Cells({ record }: { record: Rec }) {
  return (
    <dl className="facts">
      {parcel.columns.map((column) => (
        <div key={column.id} className="fact">
          <dt>{column.title}</dt>
          <dd>
            <GridCell kind={parcel} column={column} record={record} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
