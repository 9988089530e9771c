import { type CSSProperties, useEffect, useRef } from "react";
import { groupedOptions, type Option } from "../core/options";
import { words } from "../words/parts";
import { Avatar } from "./Avatar";
import { Icon } from "./Icon";

/** The value of the list's entry that creates an option from the text. */
export const createValue = "\u0000create";

interface Props {
  id: string;
  label: string;
  options: readonly Option[];
  /** How many more there are. */
  hidden: number;
  /** The place of the option that Enter takes; -1 for none. */
  active: number;
  chosen: readonly string[];
  isMultiple: boolean;
  onActive: (place: number) => void;
  onChoose: (option: Option) => void;
}

/** Options of a combobox; focus stays in its input. */
export function OptionList(props: Props) {
  const { id, label, options, hidden, active, chosen, isMultiple, onActive, onChoose } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const groups = groupedOptions(options);
  const rows = (each: readonly Option[]) =>
    each.map((option) => {
      const place = options.indexOf(option);
      return (
        <Row
          key={option.value}
          id={`${id}-${place}`}
          option={option}
          isActive={place === active}
          isChosen={chosen.includes(option.value)}
          onActive={() => onActive(place)}
          onChoose={() => onChoose(option)}
        />
      );
    });
  return (
    <div
      ref={list}
      id={id}
      className="options"
      role="listbox"
      aria-label={label}
      aria-multiselectable={isMultiple || undefined}
      onPointerDown={(event) => event.preventDefault()}
    >
      {groups.map((group) =>
        group.title === "" ? (
          rows(group.options)
        ) : (
          <div key={group.title} role="group" aria-label={group.title}>
            <div className="menu-title" role="presentation">
              {group.title}
            </div>
            {rows(group.options)}
          </div>
        ),
      )}
      {hidden > 0 && (
        <div className="options-note" role="presentation">
          {words.choice.more(hidden)}
        </div>
      )}
    </div>
  );
}

interface RowProps {
  id: string;
  option: Option;
  isActive: boolean;
  isChosen: boolean;
  onActive: () => void;
  onChoose: () => void;
}

function Row({ id, option, isActive, isChosen, onActive, onChoose }: RowProps) {
  const isNew = option.value === createValue;
  return (
    <div
      id={id}
      className="option"
      role="option"
      aria-selected={isChosen}
      aria-disabled={option.disabled === true || undefined}
      data-active={isActive ? "" : undefined}
      onPointerMove={isActive || option.disabled === true ? undefined : onActive}
      onClick={() => option.disabled !== true && onChoose()}
    >
      {isNew ? <Icon name="plus" /> : <OptionMark option={option} />}
      <span className="option-words">
        <bdi className="option-label">{option.label}</bdi>
        {option.detail !== undefined && <bdi className="option-detail">{option.detail}</bdi>}
      </span>
      <span className="option-tick">{isChosen && <Icon name="check" />}</span>
    </div>
  );
}

/** The dot or the initials before an option's name. */
export function OptionMark({ option }: { option: Option }) {
  if (option.isPerson === true) {
    return <Avatar name={option.label} />;
  }
  if (option.colour === undefined || option.colour === "") return null;
  const tint = { "--tint": option.colour } as CSSProperties;
  return <span className="option-dot" style={tint} aria-hidden="true" />;
}
