import { useEffect, useMemo, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { bandNames, bands } from "../../core/leadFields";
import {
  filterNames,
  type FilterName,
  type Filters,
  me,
  noFilters,
  nobody,
  ownerChoices,
} from "../../core/leadList";
import { type Choice, FilterChip } from "./FilterChip";

const subjects: Record<FilterName, string> = {
  status: "Status",
  owner: "Owner",
  band: "Band",
  source: "Source",
};

interface Props {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** The list's filters, each a chip that reads as a sentence once it is set. */
export function FilterBar({ filters, onChange }: Props) {
  const choices = useChoices();
  const isSet = filterNames.some((name) => filters[name].length > 0);
  return (
    <div className="filters" role="group" aria-label="Filters">
      {filterNames.map((name) => (
        <FilterChip
          key={name}
          subject={subjects[name]}
          choices={choices[name]}
          chosen={filters[name]}
          onChange={(chosen) => onChange({ ...filters, [name]: chosen })}
        />
      ))}
      {isSet && (
        <button type="button" className="button-quiet" onClick={() => onChange(noFilters)}>
          Clear filters
        </button>
      )}
    </div>
  );
}

function useChoices(): Record<FilterName, Choice[]> {
  const { directory, session } = useWorkspace();
  const { statuses, sources, members } = directory;
  const owners = useFormerOwners();
  return useMemo(() => {
    const others = members.filter((member) => member.id !== session.member.id);
    const named = (each: { key: string; display_name: string }) => ({
      value: each.key,
      name: each.display_name,
    });
    return {
      status: statuses.map(named),
      source: sources.map(named),
      band: bands.map((band) => ({ value: band, name: bandNames[band] ?? band })),
      owner: [
        { value: me, name: "Me" },
        { value: nobody, name: "Nobody" },
        ...ownerChoices(others, owners),
      ],
    };
  }, [statuses, sources, members, owners, session]);
}

/** The owners of leads, asked for only where somebody was deactivated. */
function useFormerOwners(): readonly string[] {
  const { api, directory } = useWorkspace();
  const [owners, setOwners] = useState<readonly string[]>([]);
  const anyFormer = directory.members.some((member) => !member.active);
  useEffect(() => {
    if (!anyFormer) return undefined;
    const abort = new AbortController();
    api.leadOwners(abort.signal).then(setOwners, () => undefined);
    return () => abort.abort();
  }, [api, anyFormer]);
  return owners;
}
