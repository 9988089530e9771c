import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PagedList } from "../src/core/pagedList";
import type { Page } from "../src/core/types";

interface Row {
  id: string;
}

/** A server of `count` rows that remembers which tokens it was asked for. */
function serverOf(count: number, pageSize = 10) {
  const asked: string[] = [];
  const load = async (token: string): Promise<Page<Row>> => {
    asked.push(token);
    const first = token === "" ? 0 : Number(token);
    const end = Math.min(count, first + pageSize);
    const rows = Array.from({ length: end - first }, (_, at) => ({ id: `row ${first + at}` }));
    const next = end < count ? String(end) : "";
    return { rows, next, total: Math.min(count, 50), more: count > 50 };
  };
  return { asked, load };
}

async function settled(list: PagedList<Row>): Promise<void> {
  let version = -1;
  while (version !== list.view().version) {
    version = list.view().version;
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  }
}

describe("A list of pages", () => {
  test("loads the pages up to what is in sight, in order, each once", async () => {
    const server = serverOf(1000);
    const list = new PagedList<Row>(server.load);
    list.want(0, 25);
    list.want(0, 25);
    await settled(list);
    assert.deepEqual(server.asked, ["", "10", "20"]);
    assert.equal(list.row(24)?.id, "row 24");
  });

  test("makes room for more rows until the last page is known", async () => {
    const list = new PagedList<Row>(serverOf(60).load);
    list.want(0, 5);
    await settled(list);
    assert.equal(list.view().roomFor, 110);
    list.want(50, 70);
    await settled(list);
    assert.equal(list.view().roomFor, 60);
    assert.equal(list.row(59)?.id, "row 59");
    assert.equal(list.row(60), undefined);
  });

  test("lets pages far away go and brings them back by their tokens", async () => {
    const server = serverOf(1000);
    const list = new PagedList<Row>(server.load, 3);
    list.want(190, 200);
    await settled(list);
    assert.equal(list.row(0), undefined);
    assert.equal(list.known, 210);
    server.asked.length = 0;
    list.want(0, 5);
    await settled(list);
    assert.equal(list.row(0)?.id, "row 0");
    assert.deepEqual(server.asked, [""]);
  });

  test("keeps what it has when a page fails, and goes on when asked to", async () => {
    const server = serverOf(100);
    let fails = false;
    const list = new PagedList<Row>((token) =>
      fails ? Promise.reject(new Error("down")) : server.load(token),
    );
    list.want(0, 5);
    await settled(list);
    fails = true;
    list.want(10, 15);
    await settled(list);
    assert.equal(list.view().state, "failed");
    assert.equal(list.row(3)?.id, "row 3");
    fails = false;
    list.retry();
    await settled(list);
    assert.equal(list.view().state, "ready");
    assert.equal(list.row(12)?.id, "row 12");
  });

  test("puts a changed row in its place", async () => {
    const list = new PagedList<Row & { name?: string }>(serverOf(20).load);
    list.want(0, 5);
    await settled(list);
    list.replace({ id: "row 4", name: "new" });
    assert.equal(list.row(4)?.name, "new");
    const { version } = list.view();
    list.replace({ id: "row 400" });
    assert.equal(list.view().version, version);
  });

  test("says nothing more once it is closed", async () => {
    const list = new PagedList<Row>(serverOf(20).load);
    let told = 0;
    list.subscribe(() => {
      told += 1;
    });
    list.want(0, 5);
    list.close();
    await settled(list);
    assert.equal(told, 0);
  });
});
