import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { rowAfterKey, rowsInSight, scrollToShow } from "../src/core/windowing";

const viewport = { scrollTop: 3600, height: 720, rowHeight: 36 };

describe("The rows in sight", () => {
  test("are those under the viewport and a few around", () => {
    assert.deepEqual(rowsInSight(viewport, 100_000, 10), { first: 90, end: 130 });
  });

  test("end with the list", () => {
    assert.deepEqual(rowsInSight(viewport, 105, 10), { first: 90, end: 105 });
    assert.deepEqual(rowsInSight(viewport, 0, 10), { first: 0, end: 0 });
  });

  test("stay few whatever the length of the list", () => {
    const { first, end } = rowsInSight({ ...viewport, scrollTop: 3_600_000 - 720 }, 100_000, 10);
    assert.deepEqual({ first, end }, { first: 99_970, end: 100_000 });
  });

  test("are none above an overstretched scroll", () => {
    assert.deepEqual(rowsInSight({ ...viewport, scrollTop: -50 }, 100, 0), { first: 0, end: 19 });
  });
});

describe("Showing a row", () => {
  test("scrolls no further than needed, in either direction", () => {
    assert.equal(scrollToShow(110, viewport), 3600);
    assert.equal(scrollToShow(99, viewport), 3564);
    assert.equal(scrollToShow(120, viewport), 3636);
  });
});

describe("A key in the list", () => {
  test("moves within the list", () => {
    assert.equal(rowAfterKey("ArrowDown", 4, 6, 3), 5);
    assert.equal(rowAfterKey("ArrowDown", 5, 6, 3), 5);
    assert.equal(rowAfterKey("ArrowUp", 0, 6, 3), 0);
    assert.equal(rowAfterKey("PageDown", 1, 6, 3), 4);
    assert.equal(rowAfterKey("End", 1, 6, 3), 5);
    assert.equal(rowAfterKey("Home", 4, 6, 3), 0);
  });

  test("is left alone when it moves nothing", () => {
    assert.equal(rowAfterKey("x", 4, 6, 3), null);
  });
});
