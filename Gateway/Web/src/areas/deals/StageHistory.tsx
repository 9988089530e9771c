import { useWorkspace } from "../../app/workspace";
import type { StageVisit } from "../../core/api.generated";
import { spentTime } from "../../core/format";
import type { Rec } from "../../core/recordKind";
import { Failure } from "../../parts/Failure";
import { Section } from "../../parts/Section";
import { Time } from "../../parts/Time";
import { Waiting } from "../../parts/Waiting";
import { useClock } from "../../parts/useClock";
import { words as all } from "../../words/dealScreens";
import { useStageVisits } from "./useStageVisits";

const words = all.stages;

/** The stages that a deal has been in, newest first, with the time in each. */
export function StageHistory({ record }: { record: Rec }) {
  const { value, error, reload } = useStageVisits(record);
  return (
    <Section title={words.history}>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Waiting lines={2} />}
      {value !== null && (
        <ol className="stage-visits">
          {[...value].reverse().map((visit) => (
            <Visit key={`${visit.stage} ${visit.enter_time}`} visit={visit} />
          ))}
        </ol>
      )}
    </Section>
  );
}

function Visit({ visit }: { visit: StageVisit }) {
  const { names } = useWorkspace().directory;
  const { stage, pipeline_id, enter_time, leave_time, seconds, moved_by } = visit;
  // The time in the present stage keeps growing.
  const spent = useClock((now) =>
    spentTime(leave_time === "" ? (now.getTime() - Date.parse(enter_time)) / 1000 : Number(seconds)),
  );
  const by = moved_by.startsWith("member_") ? names.record(moved_by) : "";
  return (
    <li>
      <strong>
        <bdi>{names.entry("stage", stage, pipeline_id)}</bdi>
      </strong>
      <span>{leave_time === "" ? words.soFar(spent) : spent}</span>
      <span className="muted">
        <Time at={enter_time} /> {by !== "" && words.by(by)}
      </span>
    </li>
  );
}
