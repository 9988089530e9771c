import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatPhone } from "../src/core/phone";
import { dialAddress } from "../src/core/web";

describe("A phone number", () => {
  test("is spaced by its country, and keeps all its digits", () => {
    assert.equal(formatPhone("+12025550123"), "+1 202 555 0123");
    assert.equal(formatPhone("+49302345678"), "+49 30 2345678");
    assert.equal(formatPhone("+496990009238"), "+49 69 90009238");
    assert.equal(formatPhone("+493305612345"), "+49 33056 12345");
    assert.equal(formatPhone("+4935112345"), "+49 351 12345");
    assert.equal(formatPhone("+498912345678"), "+49 89 12345678");
    assert.equal(formatPhone("+4922812345678"), "+49 228 12345678");
    assert.equal(formatPhone("+4915112345678"), "+49 1511 2345678");
    assert.equal(formatPhone("+4917112345678"), "+49 171 12345678");
    assert.equal(formatPhone("+442070313000"), "+44 20 7031 3000");
    assert.equal(formatPhone("+447911123456"), "+44 7911 123456");
    assert.equal(formatPhone("+33123456789"), "+33 1 23 45 67 89");
    assert.equal(formatPhone("+41446681800"), "+41 44 668 18 00");
    assert.equal(formatPhone("+34912345678"), "+34 912 34 56 78");
    assert.equal(formatPhone("+31201234567"), "+31 20 123 4567");
    assert.equal(formatPhone("+919876543210"), "+91 98765 43210");
    assert.equal(formatPhone("+61236618300"), "+61 2 3661 8300");
    assert.equal(formatPhone("+436641234567"), "+43 664 1234567");
    assert.equal(formatPhone("+35318012345"), "+353 180 123 45");
    assert.equal(formatPhone("+20212345678"), "+20 212 345 678");
    assert.equal(formatPhone("+74951234567"), "+7 495 123 4567");
    assert.equal(formatPhone("+12025550123 ext. 5"), "+1 202 555 0123 ext. 5");
  });

  test("is dialled as it was, however it is shown", () => {
    for (const code of ["1", "7", "20", "27", "30", "49", "62", "81", "98", "212", "353", "420", "599", "880", "971"]) {
      for (let length = 7; code.length + length <= 15; length += 1) {
        const phone = `+${code}${"123456789012".slice(0, length)}`;
        assert.equal(dialAddress(formatPhone(phone)), `tel:${phone}`);
        if (code !== "49") assert.doesNotMatch(formatPhone(phone), / \d$/);
      }
    }
    assert.equal(dialAddress("+12025550123 ext. 12"), "tel:+12025550123;ext=12");
  });

  test("stays as it was given where nobody could read it", () => {
    for (const text of ["", "030 1234", "+49", "+4912", "call me", "+1234567890123456", "0049 30 1234567"]) {
      assert.equal(formatPhone(text), text);
    }
    assert.equal(formatPhone("12025550123"), "12025550123");
  });
});
