import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { edge, roomBeside, wholeWindow } from "../src/parts/room";

const gap = 4;

describe("A list at a field of a dialog", () => {
  test("leaves the actions free, above its field where there is more room", () => {
    const last = roomBeside({ top: 560, bottom: 592 }, 620, 768, gap);
    assert.deepEqual(last, { below: 768 - 620 + gap, height: 560 - gap - edge });
    const first = roomBeside({ top: 100, bottom: 132 }, 620, 768, gap);
    assert.equal(first.height, 620 - gap - 132 - gap);
    // One that is scrolled below the actions.
    assert.equal(roomBeside({ top: 640, bottom: 672 }, 620, 768, gap).height, 628);
  });

  test("covers them where a window is too low for anything else", () => {
    assert.equal(roomBeside({ top: 90, bottom: 122 }, 150, 200, gap), wholeWindow);
  });
});
