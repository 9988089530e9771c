interface Props {
  lit: number;
  of: number;
}

/** Rising bars, the first of which are lit: how much of something there is. */
export function LevelBars({ lit, of }: Props) {
  return (
    <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true" focusable="false">
      {Array.from({ length: of }, (_, bar) => (
        <rect
          key={bar}
          className={bar < lit ? "band-lit" : "band-unlit"}
          x={bar * 3.6}
          y={8 - bar * 2.6}
          width="2.6"
          height={4 + bar * 2.6}
          rx="0.8"
        />
      ))}
    </svg>
  );
}
