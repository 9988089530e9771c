import { useState } from "react";
import { lazyPart } from "../app/lazyScreen";
import { useWorkspace } from "../app/workspace";
import { type Condition, conditionSentence } from "../core/conditions";
import type { Field } from "../core/fields";
import { filterOptions, readFilterUses, withFilterUse } from "../core/filterOrder";
import { keep, kept } from "../core/kept";
import { type Conditions, noConditions, withCondition } from "../core/listState";
import type { RecordKind } from "../core/recordKind";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { OptionMenu } from "../parts/OptionMenu";
import { Popover } from "../parts/Popover";
import { words as all } from "../words/lists";

const words = all.filters;

const FilterEditor = lazyPart(async () => ({ default: (await import("./dialogs")).FilterEditor }));

/** A pointer near the filters means that one will soon be opened. */
const prepare = () => void import("./dialogs").catch(() => undefined);

interface Props {
  kind: RecordKind;
  conditions: Conditions;
  onChange: (conditions: Conditions) => void;
}

/** The list's filters, each a chip that reads as a sentence once it is set. */
export function FilterBar({ kind, conditions, onChange }: Props) {
  const [added, setAdded] = useState<readonly string[]>([]);
  const offered = kind.filters.map((field) => field.name);
  const names = [...new Set([...offered, ...conditions.keys(), ...added])];
  const [uses, setUses] = useState(() => readFilterUses(kind, kept(`filters.${kind.object}`)));
  const add = (name: string) => {
    const after = withFilterUse(uses, name);
    setUses(after);
    keep(`filters.${kind.object}`, JSON.stringify(after));
    setAdded((before) => [...before.filter((each) => each !== name), name]);
  };
  return (
    <div
      className="filters"
      role="group"
      aria-label={words.name}
      onPointerEnter={prepare}
      onFocus={prepare}
    >
      {names.map((name) => {
        const field = kind.fields.get(name);
        if (field === undefined) return null;
        return (
          <FilterChip
            key={name}
            kind={kind}
            field={field}
            condition={conditions.get(name) ?? null}
            startsOpen={added[added.length - 1] === name}
            onChange={(condition) => onChange(withCondition(conditions, name, condition))}
          />
        );
      })}
      <span className="filters-add">
        <OptionMenu
          label={words.add}
          find={words.findField}
          options={filterOptions(kind, names, uses)}
          onChoose={add}
          button={(button) => (
            <button type="button" className="button-quiet" {...button}>
              <Icon name="plus" />
              {words.addShort}
            </button>
          )}
        />
      </span>
      {conditions.size > 0 && (
        <button
          type="button"
          className="button-quiet"
          onClick={() => {
            setAdded([]);
            onChange(noConditions);
          }}
        >
          {words.clear}
        </button>
      )}
    </div>
  );
}

interface ChipProps {
  kind: RecordKind;
  field: Field;
  condition: Condition | null;
  startsOpen: boolean;
  onChange: (condition: Condition | null) => void;
}

/** One filter: its name, or once set a sentence such as "Status is Contacted or New". */
function FilterChip({ kind, field, condition, startsOpen, onChange }: ChipProps) {
  const { names } = useWorkspace().directory;
  const isSet = condition !== null;
  return (
    <span className={`chip ${isSet ? "chip-set" : ""}`}>
      <Popover
        label={field.label}
        startsOpen={startsOpen && !isSet}
        button={(toggle) => (
          <button type="button" className="chip-button" {...toggle}>
            <bdi>{isSet ? conditionSentence(field, condition, names) : field.label}</bdi>
            <Icon name="down" />
          </button>
        )}
      >
        {(close) => (
          <FilterEditor kind={kind} field={field} condition={condition} onChange={onChange} close={close} />
        )}
      </Popover>
      {isSet && (
        <IconButton icon="close" label={words.clearOne(field.label)} onClick={() => onChange(null)} />
      )}
    </span>
  );
}
