import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeMember, decodeSession, type RecordReach } from "../src/core/api.generated";
import { Permissions } from "../src/core/permissions";
import { listedFields, type Rec, recordKind } from "../src/core/recordKind";
import { ShareBook } from "../src/core/shareBook";

interface Errand {
  name: string;
  owner_id: string;
  team_id: string;
}

const kind = recordKind<Errand>({
  object: "errand",
  one: "errand",
  many: "errands",
  schema: {
    name: { label: "Name", type: "text" },
    owner_id: { label: "Owner", type: "id", references: "member" },
    team_id: { label: "Team", type: "id", references: "team" },
  },
  decode: (raw) => raw as Errand,
  owner: "owner_id",
  team: "team_id",
});

/** The session of a member who leads team_1, in which member_2 is, and may delete any errand. */
function session(records: RecordReach) {
  const answer = {
    permissions: ["errand.edit", "errand.delete"],
    reaches: [{ permission: "errand.edit", records }],
    reached_team_ids: ["team_1"],
    reached_member_ids: ["member_2"],
  };
  return { ...decodeSession(answer), member: decodeMember({ id: "member_1" }), tenant_name: "", csrf_token: "" };
}

const held = (owner_id: string, team_id = ""): Rec => ({ id: "errand_1", etag: "1", owner_id, team_id });

describe("A permission", () => {
  test("that is for one's own records is for no others, whatever one's teams hold", () => {
    const permissions = new Permissions(session("RECORD_REACH_OWN"));
    assert.equal(permissions.mayEdit(kind, held("member_1")), true);
    for (const record of [held("member_2"), held("member_3", "team_1"), held("")]) {
      assert.equal(permissions.mayEdit(kind, record), false);
    }
  });

  test("that goes by teams is for what these and their members hold, and for no other", () => {
    const permissions = new Permissions(session("RECORD_REACH_TEAM"));
    for (const record of [held("member_1"), held("member_2"), held("member_3", "team_1"), held("", "team_1")]) {
      assert.equal(permissions.mayEdit(kind, record), true);
    }
    for (const record of [held("member_3"), held("member_3", "team_2"), held("")]) {
      assert.equal(permissions.mayEdit(kind, record), false);
    }
  });

  test("is also for what one takes part in, or what a member of one's teams does", () => {
    const shared = recordKind<Errand & { helper_ids: string[] }>({
      object: "errand",
      one: "errand",
      many: "errands",
      schema: {
        name: { type: "text" },
        owner_id: { type: "id", references: "member" },
        team_id: { type: "id", references: "team" },
        helper_ids: { type: "ids", references: "member" },
      },
      decode: (raw) => raw as Errand & { helper_ids: string[] },
      owner: "owner_id",
      participants: "helper_ids",
    });
    const helped = (...helper_ids: string[]): Rec => ({ ...held("member_3"), helper_ids });
    const own = new Permissions(session("RECORD_REACH_OWN"));
    assert.equal(own.mayEdit(shared, helped("member_4", "member_1")), true);
    assert.equal(own.mayEdit(shared, helped("member_2")), false);
    assert.equal(own.mayEdit(kind, helped("member_1")), false);
    const byTeam = new Permissions(session("RECORD_REACH_TEAM"));
    assert.equal(byTeam.mayEdit(shared, helped("member_2")), true);
    assert.equal(byTeam.mayEdit(shared, helped("member_4")), false);
    assert.ok(listedFields(shared).includes("helper_ids"));
  });

  test("that has no limit is for every record, and one that is not granted for none", () => {
    const permissions = new Permissions(session("RECORD_REACH_TEAM"));
    assert.equal(permissions.mayDelete(kind, held("member_3", "team_2")), true);
    assert.equal(permissions.mayDo("archive", kind, held("member_1")), false);
  });

  test("to read is for every record only without a limit", () => {
    const answer = (permissions: string[], reaches: { permission: string; records: RecordReach }[]) =>
      new Permissions({ ...session("RECORD_REACH_OWN"), permissions, reaches }).seesAll(kind);
    assert.equal(answer(["errand.read"], []), true);
    assert.equal(answer(["errand.read"], [{ permission: "errand.read", records: "RECORD_REACH_TEAM" }]), false);
    assert.equal(answer([], []), false);
  });

  test("whose limit is not known here is for one's own records", () => {
    const permissions = new Permissions(session("RECORD_REACH_UNSPECIFIED"));
    assert.equal(permissions.mayEdit(kind, held("member_1")), true);
    assert.equal(permissions.mayEdit(kind, held("member_2", "team_1")), false);
  });
});

describe("A share", () => {
  test("lets somebody do what it allows, once it is known, and never what their role does not", async () => {
    let allowed: readonly string[] = ["archive", "edit", "read"];
    const shares = new ShareBook(() => Promise.resolve(allowed));
    const permissions = new Permissions(session("RECORD_REACH_OWN"), shares);
    const record = held("member_3");
    assert.equal(permissions.mayEdit(kind, record), false);
    await shares.ask(record.id);
    assert.equal(permissions.mayEdit(kind, record), true);
    assert.equal(permissions.mayEdit(kind, { ...record, id: "errand_2" }), false);
    assert.equal(permissions.mayDo("archive", kind, record), false);
    assert.equal(permissions.reaches("edit", kind, record), false);
    allowed = ["read"];
    await shares.ask(record.id);
    assert.equal(permissions.mayEdit(kind, record), false);
  });

  test("is told of when it changes, and stays known while there is no answer", async () => {
    let answer = Promise.resolve<readonly string[]>(["edit"]);
    const shares = new ShareBook(() => answer);
    const versions: number[] = [];
    const forget = shares.subscribe(() => versions.push(shares.version()));
    await shares.ask("errand_1");
    await shares.ask("errand_1");
    answer = Promise.reject(new Error("away"));
    await shares.ask("errand_1");
    assert.equal(shares.may("edit", "errand_1"), true);
    assert.deepEqual(versions, [1]);
    forget();
    answer = Promise.resolve([]);
    await shares.ask("errand_1");
    assert.equal(shares.may("edit", "errand_1"), false);
    assert.deepEqual(versions, [1]);
  });
});
