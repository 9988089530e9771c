import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatPhone } from "../src/core/phone";
import { dialAddress } from "../src/core/web";

describe("A phone number", () => {
  test("is spaced by its country, and keeps all its digits", () => {
    assert.equal(formatPhone("+12025550123"), "+1 202 555 0123");
    assert.equal(formatPhone("+493012345678"), "+49 301 234 5678");
    assert.equal(formatPhone("+436641234567"), "+43 664 123 4567");
    assert.equal(formatPhone("+35318012345"), "+353 180 123 45");
    assert.equal(formatPhone("+20212345678"), "+20 212 345 678");
    assert.equal(formatPhone("+74951234567"), "+7 495 123 4567");
    assert.equal(formatPhone("+12025550123;ext=5"), "+1 202 555 0123;ext=5");
  });

  test("is dialled as it was, however it is shown", () => {
    for (const code of ["1", "7", "20", "27", "30", "49", "62", "81", "98", "212", "353", "420", "599", "880", "971"]) {
      for (let length = 7; code.length + length <= 15; length += 1) {
        const phone = `+${code}${"123456789012".slice(0, length)}`;
        assert.equal(dialAddress(formatPhone(phone)), `tel:${phone}`);
        assert.doesNotMatch(formatPhone(phone), / \d$/);
      }
    }
  });

  test("stays as it was given where nobody could read it", () => {
    for (const text of ["", "030 1234", "+49", "+4912", "call me", "+1234567890123456", "0049 30 1234567"]) {
      assert.equal(formatPhone(text), text);
    }
    assert.equal(formatPhone("12025550123"), "12025550123");
  });
});
