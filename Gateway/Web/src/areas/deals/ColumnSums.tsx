import { useWorkspace } from "../../app/workspace";
import { formatMoney } from "../../core/format";
import type { Money } from "../../core/types";
import { words as all } from "../../words/dealScreens";
import type { Sums } from "./useDealBoard";

const words = all.board;

/** The sum of a column's deals and the sum weighted by probability; room is kept while they are unknown. */
export function ColumnSums({ sums }: { sums: Sums | undefined }) {
  const { money } = useWorkspace().directory.names;
  if (sums === undefined) return <p className="board-sums" aria-hidden="true" />;
  const written = (converted: Money | null, each: readonly Money[]) =>
    (converted === null ? each : [converted]).map((sum) => formatMoney(sum, money)).join(" + ");
  const each = sums.sum.map((sum) => formatMoney(sum, money)).join(" + ");
  const sum = written(sums.converted_sum, sums.sum);
  const weighted = written(sums.converted_weighted_sum, sums.weighted_sum);
  return (
    <p className="board-sums">
      <span title={each}>
        <span className="unseen">{words.sum} </span>
        {sum || words.nothing}
      </span>
      <span className="muted" title={weighted}>
        {weighted === "" ? "" : words.weighted(weighted)}
      </span>
      {sums.too_large_currencies.length > 0 && (
        <span className="warn">{words.tooLarge(sums.too_large_currencies)}</span>
      )}
    </p>
  );
}
