import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { changeLinks, linksIn, withLink, withoutLink } from "../src/core/links";
import { parcel } from "./fixtureKind";
import { rec, settled, slowApi, stale } from "./store";

const ada = { contact_id: "a", role: "champion" };
const ben = { contact_id: "b", role: "" };

describe("The links of a record", () => {
  test("get one more at their end, and the details of one that is there where it stands", () => {
    assert.deepEqual(withLink([ada], "contact_id", ben), [ada, ben]);
    const changed = { contact_id: "a", role: "technical" };
    assert.deepEqual(withLink([ada, ben], "contact_id", changed), [changed, ben]);
    assert.deepEqual(withoutLink([ada, ben], "contact_id", "a"), [ben]);
  });

  test("are none where there is no list", () => {
    assert.deepEqual(linksIn(rec("p1", "1"), "unheard_of"), []);
  });

  test("are changed as they are at present, whatever others did meanwhile", async () => {
    const { api, next } = slowApi();
    const change = changeLinks(api, parcel, "p1", "tags", (links) => [...links, "mine"] as never);
    await settled();
    await next().answer(rec("p1", "1", { tags: ["old"] }));
    const first = next();
    assert.deepEqual(first.body, { tags: ["old", "mine"], etag: "1" });
    await first.answer(stale, 409);
    await next().answer(rec("p1", "2", { tags: ["old", "theirs"] }));
    const second = next();
    assert.deepEqual(second.body, { tags: ["old", "theirs", "mine"], etag: "2" });
    await second.answer(rec("p1", "3", { tags: ["old", "theirs", "mine"] }));
    assert.equal((await change).etag, "3");
  });
});
