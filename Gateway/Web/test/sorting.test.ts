import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  carried,
  dropPlace,
  lift,
  moved,
  placesWhile,
  placeTo,
  scrollStep,
} from "../src/core/sorting";

const ids = ["a", "b", "c", "d"];

describe("Putting a list in order", () => {
  test("moves one entry and keeps the order of the others", () => {
    assert.deepEqual(moved(ids, 0, 2), ["b", "c", "a", "d"]);
    assert.deepEqual(moved(ids, 3, 0), ["d", "a", "b", "c"]);
    assert.deepEqual(moved(ids, 1, 1), ids);
    assert.deepEqual(moved(ids, 1, 99), ["a", "c", "d", "b"]);
    assert.deepEqual(moved(ids, 9, 0), ids);
    assert.deepEqual(moved([], 0, 0), []);
  });

  test("stops at the ends", () => {
    assert.equal(placeTo("up", 0, 4), 0);
    assert.equal(placeTo("down", 3, 4), 3);
    assert.equal(placeTo("down", 1, 4), 2);
    assert.equal(placeTo("top", 3, 4), 0);
    assert.equal(placeTo("bottom", 0, 4), 3);
    const lifted = lift(ids, "b");
    assert.ok(lifted !== null);
    assert.equal(lifted && carried(lifted, -5, 4).to, 0);
    assert.equal(lifted && carried(lifted, 12, 4).to, 3);
    assert.equal(lift(ids, "x"), null);
  });

  test("shows where each would stand while one is lifted", () => {
    const places = placesWhile(ids, { id: "a", from: 0, to: 2 });
    assert.deepEqual(ids.map((id) => places.get(id)), [2, 0, 1, 3]);
    assert.deepEqual([...placesWhile(ids, null).values()], [0, 1, 2, 3]);
  });

  test("drops before the first that is lower", () => {
    assert.equal(dropPlace([10, 30, 50], 5), 0);
    assert.equal(dropPlace([10, 30, 50], 31), 2);
    assert.equal(dropPlace([10, 30, 50], 500), 3);
    assert.equal(dropPlace([], 1), 0);
  });

  test("scrolls near the edges, faster the nearer", () => {
    assert.equal(scrollStep(200, 0, 400), 0);
    assert.ok(scrollStep(5, 0, 400) < scrollStep(40, 0, 400));
    assert.ok(scrollStep(40, 0, 400) < 0);
    assert.ok(scrollStep(395, 0, 400) > 0);
  });
});
