import {
  type ChangeEventHandler,
  type FocusEventHandler,
  type KeyboardEventHandler,
  type PointerEventHandler,
  useRef,
  useState,
} from "react";

interface ChoiceProps {
  value: string;
  onChange: ChangeEventHandler<HTMLSelectElement>;
  onKeyDown: KeyboardEventHandler<HTMLSelectElement>;
  onPointerDown: PointerEventHandler<HTMLSelectElement>;
  onBlur: FocusEventHandler<HTMLSelectElement>;
}

/**
 * Makes a select that saves: a choice by pointer is taken at once, one by arrow keys when Enter is pressed or the
 * focus leaves. Esc discards it.
 *
 * @param take - takes the chosen value, which may be the present one
 * @param giveUp - called when nothing was chosen
 */
export function useChoice(
  value: string,
  take: (value: string) => void,
  giveUp: () => void = () => undefined,
): ChoiceProps {
  const [draft, setDraft] = useState<string | null>(null);
  const byKey = useRef(false);
  const settle = (chosen: string | null) => {
    byKey.current = false;
    setDraft(null);
    if (chosen === null) giveUp();
    else take(chosen);
  };
  return {
    value: draft ?? value,
    onChange: (event) => {
      if (byKey.current) setDraft(event.target.value);
      else settle(event.target.value);
    },
    onKeyDown: (event) => {
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        settle(event.key === "Enter" ? (draft ?? value) : null);
      } else if (event.key !== "Tab") {
        byKey.current = true;
      }
    },
    onPointerDown: () => {
      byKey.current = false;
    },
    onBlur: () => settle(draft),
  };
}
