import { wordsOf } from "../../core/fields";
import type { Lead } from "../../core/api.generated";
import { LevelBars } from "../../parts/LevelBars";

type Band = Exclude<Lead["band"], "">;

const barsLit: Record<Band, number> = { cold: 1, warm: 2, hot: 3, very_hot: 4 };

interface Props {
  band: Band | "";
  score?: number;
}

/** A band as tint, words and bars: one lit bar for cold, four for very hot. */
export function BandBadge({ band, score }: Props) {
  if (band === "") return null;
  return (
    <span className={`band band-${band}`}>
      <LevelBars lit={barsLit[band]} of={4} />
      {score !== undefined && <span className="band-score">{score}</span>}
      <span>{wordsOf(band)}</span>
    </span>
  );
}
