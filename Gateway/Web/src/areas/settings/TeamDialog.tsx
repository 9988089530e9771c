import { useWorkspace } from "../../app/workspace";
import type { Team } from "../../core/api.generated";
import { type PlacedTeam, withTeamsBelow } from "../../core/teamOrder";
import { Combobox } from "../../parts/Combobox";
import { Field, SelectField, TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { MultiCombobox } from "../../parts/MultiCombobox";
import { useForm } from "../../parts/useForm";
import { memberOption } from "../../records/useChoices";
import { words as all } from "../../words/settings";
import { team as teamKind } from "./kinds";

const words = all.teams;

interface Props {
  /** Null for a new one. */
  team: Team | null;
  teams: readonly PlacedTeam[];
  onClose: () => void;
  onDone: () => void;
}

/** Creates or changes a team: its name, parent team, manager and members. */
export function TeamDialog({ team, teams, onClose, onDone }: Props) {
  const { records, notices, directory } = useWorkspace();
  const form = useForm({
    name: team?.id ?? "new team",
    initial: {
      name: team?.name ?? "",
      description: team?.description ?? "",
      type: team?.type ?? "",
      parent_team_id: team?.parent_team_id ?? "",
      manager_id: team?.manager_id ?? "",
      member_ids: team?.member_ids ?? [],
      active: team?.active ?? true,
    },
    thing: words.one,
    send: async (values, key) => {
      const { parent_team_id, manager_id, ...others } = values;
      const ids = { parent_team_id: parent_team_id || null, manager_id: manager_id || null };
      const texts = { name: values.name.trim(), description: values.description.trim() };
      const sent = { ...others, ...texts, ...ids };
      if (team === null) await records.create(teamKind, filled(sent), key);
      else await records.update(teamKind, team.id, team.etag, sent);
      return texts.name;
    },
    onDone: (name) => {
      notices.done(words.saved(name));
      onDone();
    },
  });
  const { type, parent_team_id, manager_id, member_ids, active } = form.values;
  const own = team === null ? null : withTeamsBelow(team.id, teams.map((each) => each.team));
  const above = teams
    .filter((each) => own?.has(each.team.id) !== true)
    .map((each) => ({ value: each.team.id, label: each.team.name }));
  const kept = [...(team?.member_ids ?? []), team?.manager_id ?? ""];
  const people = directory.members
    .filter((member) => member.active || kept.includes(member.id))
    .map(memberOption);
  return (
    <FormDialog
      title={team === null ? words.add : team.name}
      action={words.save}
      form={form}
      size="wide"
      onClose={onClose}
    >
      <TextField label={all.name} maxLength={100} {...form.text("name")} />
      <TextArea label={words.description} rows={2} maxLength={1000} {...form.text("description")} />
      <SelectField
        label={words.type}
        value={type}
        error={form.errors["type"]}
        onChange={(event) => form.set({ type: event.target.value as Team["type"] })}
      >
        <option value="">{words.noType}</option>
        {Object.entries(words.types).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </SelectField>
      <Field
        label={words.partOf}
        error={form.errors["parent_team_id"]}
        control={(wiring) => (
          <Combobox
            label={words.partOf}
            options={above}
            clearable
            value={parent_team_id}
            onChange={(chosen) => form.set({ parent_team_id: chosen })}
            {...wiring}
          />
        )}
      />
      <Field
        label={words.manager}
        hint={words.managerHint}
        error={form.errors["manager_id"]}
        control={(wiring) => (
          <Combobox
            label={words.manager}
            options={people}
            clearable
            value={manager_id}
            onChange={(chosen) => form.set({ manager_id: chosen })}
            {...wiring}
          />
        )}
      />
      <Field
        label={words.members}
        error={form.errors["member_ids"]}
        control={(wiring) => (
          <MultiCombobox
            label={words.members}
            options={people}
            values={member_ids}
            onChange={(chosen) => form.set({ member_ids: [...chosen] })}
            {...wiring}
          />
        )}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={active}
          onChange={(event) => form.set({ active: event.target.checked })}
        />
        {words.isActive}
      </label>
    </FormDialog>
  );
}

function filled(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
