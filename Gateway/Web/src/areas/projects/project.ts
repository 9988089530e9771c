import { decodeProject, type Project, projectSchema } from "../../core/api.generated";
import { type Rec, type RecordKind, recordKind } from "../../core/recordKind";
import { words } from "../../words/projects";

/** A record of this kind with the types of its fields. */
export function asProject(record: Rec): Project {
  return record as unknown as Project;
}

export const project: RecordKind = recordKind<Project>({
  object: "project",
  one: words.one,
  many: words.many,
  schema: projectSchema,
  decode: decodeProject,
  lacks: ["aggregate", "batch", "export"],
  // The service sets a status.
  filled: ["status"],
  owner: "owner_id",
  participants: "member_ids",
  board: "status",
  firstList: () => ({ sort: { field: "create_time", falling: true } }),
  columns: [
    { id: "name", width: 220, grow: 2 },
    { id: "status", width: 120 },
    { id: "start_date", width: 120 },
    { id: "end_date", width: 120 },
    "owner_id",
    { id: "member_ids", width: 200 },
    ...(["create_time", "update_time"] as const).map((id) => ({ id, width: 110, grow: 0, isChosen: false })),
  ],
  keys: ["status", "start_date", "end_date", "owner_id"],
  groups: [
    { title: words.groups.project, fields: ["name", "description"] },
    { title: words.groups.people, fields: ["member_ids"] },
  ],
  form: [["name"], ["start_date", "end_date"], ["owner_id", "status"], ["member_ids"], ["description"]],
  filters: ["status", "owner_id", "end_date"],
});
