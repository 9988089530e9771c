import { signedPoints } from "../../core/format";
import type { Rec } from "../../core/recordKind";
import { BandBadge } from "./BandBadge";
import { asLead } from "./lead";
import { words } from "../../words/leads";

/** The score, what it means, and the rules that made it, largest first. */
export function ScoreCard({ record }: { record: Rec }) {
  const { score, band, score_breakdown } = asLead(record);
  const parts = [...score_breakdown].sort((a, b) => b.points - a.points);
  const sum = parts.reduce((total, part) => total + part.points, 0);
  return (
    <section className="score" aria-label={words.score.title}>
      <div className="score-head">
        <span className="score-number">{score}</span>
        <span className="muted">{words.score.most}</span>
        <BandBadge band={band} />
      </div>
      {parts.length === 0 ? (
        <p className="muted">{words.score.none}</p>
      ) : (
        <ul className="score-parts" aria-label={words.score.rules}>
          {parts.map((part) => (
            <li key={part.rule_id}>
              <bdi>{part.name}</bdi>
              <span className={`score-points ${part.points < 0 ? "bad" : ""}`}>
                {signedPoints(part.points)}
              </span>
            </li>
          ))}
          {sum !== score && (
            <li className="muted">
              <span>{words.score.limited}</span>
              <span className="score-points">{score}</span>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
