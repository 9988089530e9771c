import { words } from "../words/parts";
import { Floating } from "./Floating";
import { OptionList } from "./OptionList";
import type { ComboboxState } from "./useCombobox";

interface RowsProps {
  state: ComboboxState;
  label: string;
  chosen: readonly string[];
  isMultiple: boolean;
}

interface Props extends RowsProps {
  anchor: Element | null;
}

/** The open list of a combobox, or why it is empty. */
export function ComboboxList({ anchor, ...rows }: Props) {
  const { state } = rows;
  return (
    <>
      <ComboboxStatus state={state} />
      {state.open && (
        <Floating anchor={anchor} isList onLeave={state.close}>
          <ComboboxRows {...rows} />
        </Floating>
      )}
    </>
  );
}

/** The number of options, for the live region. */
export function ComboboxStatus({ state }: { state: ComboboxState }) {
  return (
    <span className="unseen" role="status">
      {state.open ? saysOf(state) : ""}
    </span>
  );
}

/** What can be chosen, or why there is nothing. */
export function ComboboxRows({ state, label, chosen, isMultiple }: RowsProps) {
  const { rows, active, found, listId, typed } = state;
  return (
    <>
      {rows.length > 0 && (
        <OptionList
          id={listId}
          label={label}
          options={rows}
          hidden={found.hidden}
          active={active}
          chosen={chosen}
          isMultiple={isMultiple}
          onActive={state.setMoved}
          onChoose={state.choose}
        />
      )}
      {rows.length === 0 && !found.failed && (
        <p className="options-note" aria-hidden="true">
          {emptyWords(found.loading, typed)}
        </p>
      )}
      {found.failed && (
        <p className="options-note">
          {words.choice.failed}{" "}
          <button
            type="button"
            className="button-quiet"
            onPointerDown={(event) => event.preventDefault()}
            onClick={found.retry}
          >
            {words.choice.retry}
          </button>
        </p>
      )}
    </>
  );
}

function saysOf({ rows, found, typed }: ComboboxState): string {
  if (found.failed) return words.choice.failed;
  if (rows.length === 0) return emptyWords(found.loading, typed);
  return typed === "" ? "" : words.choice.found(rows.length + found.hidden);
}

function emptyWords(isLoading: boolean, typed: string): string {
  if (isLoading) return words.choice.loading;
  return typed === "" ? words.choice.noneYet : words.choice.none;
}
