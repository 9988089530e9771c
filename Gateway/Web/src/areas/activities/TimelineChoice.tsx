import { useWorkspace } from "../../app/workspace";
import type { Option } from "../../core/options";
import { type Period, periodNames } from "../../core/periods";
import { Icon } from "../../parts/Icon";
import { Menu } from "../../parts/Menu";
import { OptionMenu } from "../../parts/OptionMenu";
import { memberOption } from "../../records/useChoices";
import { words as all } from "../../words/timeline";
import { capital } from "../../words/sentences";
import { type Choice, type Sort, sorts } from "./timeline";

const words = all.choice;

const anybody = "anybody";

/** Periods that have been. */
const periods: readonly Period[] = [
  "today",
  "yesterday",
  "this_week",
  "last_7_days",
  "last_30_days",
  "this_month",
  "last_month",
  "this_year",
];

interface Props {
  choice: Choice;
  onChange: (choice: Choice) => void;
}

/** Narrows a timeline: to some kinds of entries, to a member, to a period. */
export function TimelineChoice({ choice, onChange }: Props) {
  const { directory, session } = useWorkspace();
  const { member: own } = session;
  const others = directory.members.filter(({ id }) => id !== own.id);
  const members: readonly Option[] = [
    { value: anybody, label: words.anybody },
    { value: own.id, label: words.me },
    ...others.map(memberOption),
  ];
  const toggle = (sort: Sort) => {
    const isChosen = choice.sorts.includes(sort);
    onChange({ ...choice, sorts: isChosen ? choice.sorts.filter((each) => each !== sort) : [...choice.sorts, sort] });
  };
  return (
    <div className="filters" role="group" aria-label={words.name}>
      {(Object.keys(sorts) as Sort[]).map((sort) => (
        <span key={sort} className={`chip ${choice.sorts.includes(sort) ? "chip-set" : ""}`}>
          <button
            type="button"
            className="chip-button"
            aria-pressed={choice.sorts.includes(sort)}
            onClick={() => toggle(sort)}
          >
            {words.sorts[sort]}
          </button>
        </span>
      ))}
      <span className={`chip ${choice.member === "" ? "" : "chip-set"}`}>
        <OptionMenu
          label={words.member}
          find={words.findMember}
          options={members}
          onChoose={(member) => onChange({ ...choice, member: member === anybody ? "" : member })}
          button={(toggle) => (
            <button type="button" className="chip-button" {...toggle}>
              <bdi>{members.find(({ value }) => value === choice.member)?.label ?? words.anybody}</bdi>
              <Icon name="down" />
            </button>
          )}
        />
      </span>
      <span className={`chip ${choice.period === "" ? "" : "chip-set"}`}>
        <Menu
          label={words.period}
          entries={(["", ...periods] as const).map((period) => ({
            label: period === "" ? words.anytime : capital(periodNames[period]),
            checked: period === choice.period,
            run: () => onChange({ ...choice, period }),
          }))}
          button={(button) => (
            <button type="button" className="chip-button" {...button}>
              {choice.period === "" ? words.anytime : capital(periodNames[choice.period])}
              <Icon name="down" />
            </button>
          )}
        />
      </span>
    </div>
  );
}
