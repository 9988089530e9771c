import { filterSentence } from "../../core/leadList";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Popover } from "../../parts/Popover";

export interface Choice {
  value: string;
  name: string;
}

interface Props {
  /** What is filtered by: "Status". */
  subject: string;
  choices: Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** One filter: its name, or once set a sentence such as "Status is Contacted or New". */
export function FilterChip({ subject, choices, chosen, onChange }: Props) {
  const isSet = chosen.length > 0;
  const names = chosen.map((value) => choices.find((each) => each.value === value)?.name ?? value);
  const toggle = (value: string) =>
    onChange(
      chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value],
    );
  return (
    <span className={`chip ${isSet ? "chip-set" : ""}`}>
      <Popover
        label={subject}
        button={(opening) => (
          <button type="button" className="chip-button" {...opening}>
            {isSet ? filterSentence(subject, names) : subject}
            <Icon name="down" />
          </button>
        )}
      >
        {() => (
          <ul className="choices">
            {choices.length === 0 && <li className="muted choices-none">None yet</li>}
            {choices.map((choice) => (
              <li key={choice.value}>
                <label className="choice">
                  <input
                    type="checkbox"
                    checked={chosen.includes(choice.value)}
                    onChange={() => toggle(choice.value)}
                  />
                  {choice.name}
                </label>
              </li>
            ))}
          </ul>
        )}
      </Popover>
      {isSet && (
        <IconButton icon="close" label={`Clear filter ${subject}`} onClick={() => onChange([])} />
      )}
    </span>
  );
}
