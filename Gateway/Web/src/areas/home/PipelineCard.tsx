import type { Loaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { Link } from "../../parts/Link";
import { words as all } from "../../words/homeScreen";
import { Card } from "./Card";
import { barLengths, type DealSums, isOpen, type StageSums } from "./dealSums";
import { Amounts } from "./Figures";
import { addressOf, dealsInStage, heldDeals, type Scope } from "./selections";

const words = all.pipeline;
const most = 6;

/** The open stages of the default pipeline as bars, each a link to its deals. */
export function PipelineCard({ scope, loaded }: { scope: Scope; loaded: Loaded<DealSums> }) {
  const { session } = useWorkspace();
  const usual = loaded.value?.pipelines[0];
  const board = addressOf(heldDeals(scope, usual?.pipeline.id), session.member, true);
  const open = usual?.stages.filter(({ stage }) => isOpen(stage)) ?? [];
  const title = open.length > most ? words.more(open.length) : words.board;
  return (
    <Card
      title={usual === undefined ? words.short : words.title(usual.pipeline.display_name)}
      rows={most}
      loaded={loaded}
      none={() => (usual === undefined ? words.none : "")}
      more={{ title, address: board }}
    >
      {() => usual !== undefined && <Stages scope={scope} pipeline={usual.pipeline.id} stages={open.slice(0, most)} />}
    </Card>
  );
}

interface Props {
  scope: Scope;
  pipeline: string;
  stages: readonly StageSums[];
}

function Stages({ scope, pipeline, stages }: Props) {
  const { session } = useWorkspace();
  const lengths = barLengths(stages);
  return (
    <ul className="home-rows home-stages">
      {stages.map(({ stage, ...sums }, place) => (
        <li key={stage.key}>
          <Link to={addressOf(dealsInStage(scope, pipeline, stage.key), session.member)}>
            <bdi className="home-what">{stage.display_name}</bdi>
            <span className="home-sums muted">
              {words.deals(sums.count)}
              {sums.sum.length > 0 && <> · <Amounts sums={sums} /></>}
            </span>
            <span className="home-bar" aria-hidden="true">
              <span style={{ width: `${lengths[place] ?? 0}%` }} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
