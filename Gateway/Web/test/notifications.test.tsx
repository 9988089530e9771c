import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { WorkspaceContext } from "../src/app/workspace";
import { whileHeld } from "../src/areas/notifications/holding";
import { kindIcon, kindWords, notification, objectOf } from "../src/areas/notifications/notification";
import { NotificationRow } from "../src/areas/notifications/NotificationRow";
import { besidesTab, tabOf, tabs, withTab } from "../src/areas/notifications/tabs";
import { listAddress, listSearch, readList } from "../src/core/listState";
import { fakeWorkspace } from "./fakeWorkspace";

const viewer = { id: "member_1", role: "rep" } as const;
const first = notification.firstList(viewer);
const asking = { member: viewer.id, now: new Date("2026-01-05T09:00:00Z"), firstDay: 1 as const };

describe("A list that somebody reads", () => {
  test("keeps its rows where they are, and counts what comes above", () => {
    assert.deepEqual(whileHeld(["c", "b", "a"], ["e", "d", "c", "b", "a"]), { ids: ["c", "b", "a"], fresh: 2 });
  });

  test("keeps rows that left the list meanwhile", () => {
    assert.deepEqual(whileHeld(["c", "b", "a"], ["d", "c", "a"]), { ids: ["c", "b", "a"], fresh: 1 });
    assert.deepEqual(whileHeld(["c", "b"], []), { ids: ["c", "b"], fresh: 0 });
  });

  test("has further pages below what it has", () => {
    assert.deepEqual(whileHeld(["c", "b"], ["d", "c", "b", "a", "0"]), { ids: ["c", "b", "a", "0"], fresh: 1 });
  });

  test("counts as new whatever is there once nothing of what it showed is", () => {
    assert.deepEqual(whileHeld([], ["b", "a"]), { ids: [], fresh: 2 });
  });
});

describe("The address of notifications", () => {
  const shown = (search: string) => readList(notification, search, first);
  const filterOf = (search: string) => listSearch(notification, shown(search), asking).filter;

  test("is that of all but the archived ones, newest first", () => {
    assert.equal(tabOf(shown("").conditions), "all");
    assert.equal(filterOf(""), "archived == false");
    assert.equal(listSearch(notification, first, asking).orderBy, "create_time desc");
  });

  test("says which they are, and comes back the same", () => {
    const kind = ["kind", { is: "oneOf", values: ["task_overdue"] }] as const;
    for (const tab of tabs) {
      const conditions = withTab(new Map([kind]), tab);
      const address = listAddress(notification, { ...first, conditions }, first);
      const read = shown(address.slice(address.indexOf("?"))).conditions;
      assert.equal(tabOf(read), tab);
      assert.deepEqual([...besidesTab(read)], [kind]);
    }
    assert.equal(listAddress(notification, { ...first, conditions: withTab(new Map(), "all") }, first), "/notifications");
  });

  test("asks the API for what it says", () => {
    assert.equal(filterOf("?state=unread&kind=task_overdue,task_reminder"),
      `state == "unread" && kind in ["task_overdue", "task_reminder"]`);
    assert.equal(filterOf("?archived=yes&sort=-create_time"), "archived == true");
    assert.equal(tabOf(shown("?state=archived").conditions), "archived");
    assert.equal(tabOf(shown("?kind=task_overdue").conditions), "all");
  });
});

describe("A kind of notification", () => {
  const { names } = fakeWorkspace([]).directory;
  const choices = notification.fields.get("kind")?.choices ?? [];

  test("has words and a picture of its own", () => {
    assert.ok(choices.length >= 9);
    for (const kind of choices) {
      assert.match(kindWords(names, kind), /^[A-Z][a-z ]+$/);
      assert.ok(kind === "task_reminder" || kindIcon(kind) !== "bell", kind);
    }
    assert.equal(new Set(choices.map(kindIcon)).size, choices.length);
    assert.equal(kindIcon("of tomorrow"), "bell");
  });
});

describe("A mute", () => {
  test("names its record by the id alone", () => {
    assert.deepEqual(["lead_01h", "task_category_01h", ""].map(objectOf), ["lead", "task_category", ""]);
  });
});

describe("A notification", () => {
  const told = {
    id: "notification_1",
    kind: "lead_assigned",
    record: "lead_1",
    title: "A lead was assigned to you",
    actor: "member_1",
    state: "unread",
    count: 1,
    create_time: "2026-01-05T09:00:00Z",
  };

  function shown(values: Partial<typeof told> & Record<string, unknown> = {}, isArchive = false): string {
    const workspace = fakeWorkspace(["mute.create"]);
    const { directory, store } = workspace;
    const record = (id: string) => (id === "lead_1" ? "Ada Byron" : directory.names.record(id));
    const named = { ...workspace, directory: { ...directory, names: { ...directory.names, record } } };
    store.take(notification, [notification.decode({ ...told, ...values })], null, store.ask());
    return renderToStaticMarkup(
      <WorkspaceContext.Provider value={named}>
        <NotificationRow id={told.id} isArchive={isArchive} listId="list" onOpen={() => undefined} />
      </WorkspaceContext.Provider>,
    );
  }
  const words = (markup: string) => markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();

  test("says what happened to which record, by whom, and that it is unread", () => {
    const row = shown();
    assert.match(words(row), /^Unread: A lead was assigned to you Ada Byron Ada Lovelace /);
    assert.match(row, /<a [^>]*href="\/leads\/lead_1"/);
    assert.match(row, /aria-label="Mark as read"/);
    assert.doesNotMatch(row, /Late/);
  });

  test("is no longer marked once it is read", () => {
    const row = shown({ state: "read" });
    assert.doesNotMatch(row, /Unread|notification-unread/);
    assert.match(row, /aria-label="Mark as unread"/);
  });

  test("says for how many more it stands, in place of the service's words for that", () => {
    const row = words(shown({ count: 1650, message: "And 1649 more", actor: "system:leads", late: true }));
    assert.match(row, /Ada Byron and 1,649 more Leadmesh .*Late/);
    assert.doesNotMatch(row, /1649/);
  });

  test("without a record is told without a link", () => {
    const row = shown({ kind: "system_alert", record: "", title: "An import has failed", message: "No file", actor: "" });
    assert.match(words(row), /^Unread: An import has failed No file /);
    assert.doesNotMatch(row, /<a /);
  });

  test("is in the archive or in the other lists", () => {
    const archived = { state: "archived", archived: true };
    assert.equal(shown(archived), "");
    assert.equal(shown({}, true), "");
    assert.match(shown(archived, true), /aria-label="Take back from the archive"/);
  });
});
