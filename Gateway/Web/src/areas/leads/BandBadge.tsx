import { wordsOf } from "../../core/fields";
import type { Lead } from "../../core/api.generated";

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
      <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true" focusable="false">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            className={bar < barsLit[band] ? "band-lit" : "band-unlit"}
            x={bar * 3.6}
            y={8 - bar * 2.6}
            width="2.6"
            height={4 + bar * 2.6}
            rx="0.8"
          />
        ))}
      </svg>
      {score !== undefined && <span className="band-score">{score}</span>}
      <span>{wordsOf(band)}</span>
    </span>
  );
}
