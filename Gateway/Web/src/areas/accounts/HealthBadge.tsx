import type { Account } from "../../core/api.generated";
import { wordsOf } from "../../core/fields";
import { LevelBars } from "../../parts/LevelBars";

type Level = Exclude<Account["health"], "">;

const barsLit: Record<Level, number> = { poor: 1, fair: 2, good: 3 };

interface Props {
  health: Level | "";
  score?: number;
}

/** A health as tint, words and bars; nothing until it is known. */
export function HealthBadge({ health, score }: Props) {
  if (health === "") return null;
  return (
    <span className={`band band-${health}`}>
      <LevelBars lit={barsLit[health]} of={3} />
      {score !== undefined && <span className="band-score">{score}</span>}
      <span>{wordsOf(health)}</span>
    </span>
  );
}
