import type { ReactNode } from "react";
import { Icon } from "../../parts/Icon";
import { useRemoval } from "../../parts/useRemoval";

interface Props<Row> {
  /** The legend, what is said where there are no rows, and the button's text. */
  words: { title: string; none: string; add: string };
  rows: readonly Row[];
  error: string | undefined;
  /** Whether another row may be added; by default it may. */
  canAdd?: boolean;
  /** The rows with another one, or several. */
  more: () => readonly Row[];
  onChange: (rows: readonly Row[]) => void;
  /** One row, at a place from 0. */
  children: (row: Row, place: number, change: (next: Row) => void, remove: () => void) => ReactNode;
}

/** Rows of a form that people add to, change and remove; the focus stays among them when one goes. */
export function EditedRows<Row>({ words, rows, error, canAdd = true, more, onChange, children }: Props<Row>) {
  const { list, removed } = useRemoval<HTMLFieldSetElement>();
  const change = (place: number) => (next: Row) =>
    onChange(rows.map((each, at) => (at === place ? next : each)));
  const remove = (place: number) => () => {
    removed(place);
    onChange(rows.filter((_, at) => at !== place));
  };
  return (
    <fieldset ref={list} className="rate-rows">
      <legend>{words.title}</legend>
      {rows.length === 0 && <p className="muted">{words.none}</p>}
      {rows.map((row, place) => children(row, place, change(place), remove(place)))}
      {error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <button type="button" className="button-quiet" disabled={!canAdd} onClick={() => onChange(more())}>
        <Icon name="plus" />
        {words.add}
      </button>
    </fieldset>
  );
}
