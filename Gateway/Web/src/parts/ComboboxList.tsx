import { words } from "../words/parts";
import { Floating } from "./Floating";
import { OptionList } from "./OptionList";
import type { ComboboxState } from "./useCombobox";

interface Props {
  state: ComboboxState;
  label: string;
  anchor: Element | null;
  chosen: readonly string[];
  isMultiple: boolean;
}

/** The open list of a combobox, or why it is empty. */
export function ComboboxList({ state, label, anchor, chosen, isMultiple }: Props) {
  const { open, rows, active, found, listId, typed } = state;
  const saying = !open ? "" : saysOf(state);
  return (
    <>
      <span className="unseen" role="status">
        {saying}
      </span>
      {open && (
        <Floating anchor={anchor} matchesWidth onLeave={state.close}>
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
        </Floating>
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
