import type { Lead } from "../../core/types";
import { BandBadge } from "../../parts/BandBadge";

/** The score, what it means, and the rules that made it, largest first. */
export function ScoreCard({ lead }: { lead: Lead }) {
  const parts = [...lead.score_breakdown].sort((a, b) => b.points - a.points);
  const sum = parts.reduce((total, part) => total + part.points, 0);
  return (
    <section className="score" aria-label="Score">
      <div className="score-head">
        <span className="score-number">{lead.score}</span>
        <span className="muted">of 100</span>
        <BandBadge band={lead.band} />
      </div>
      {parts.length === 0 ? (
        <p className="muted">No scoring rule applies to this lead.</p>
      ) : (
        <ul className="score-parts" aria-label="Rules that made the score">
          {parts.map((part) => (
            <li key={part.rule_id}>
              <span>{part.name}</span>
              <span className={`score-points ${part.points < 0 ? "bad" : ""}`}>
                {part.points > 0 ? `+${part.points}` : `−${-part.points}`}
              </span>
            </li>
          ))}
          {sum !== lead.score && (
            <li className="muted">
              <span>Kept between 0 and 100</span>
              <span className="score-points">{lead.score}</span>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
