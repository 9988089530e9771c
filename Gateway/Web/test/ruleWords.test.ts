import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiError, FieldRefusal, fieldErrors, readProblem } from "../src/core/problem";
import { ruleWords } from "../src/core/ruleWords";
import "../src/areas/leads/rules";
import "../src/areas/settings/rules";

function words(field: string, rule: string, reason = "INVALID_FIELD", thing?: string) {
  return ruleWords({ field, rule, reason }, thing);
}

describe("A broken rule in words", () => {
  test("asks for what is missing", () => {
    assert.equal(
      words("last_name", "must have a value where there is no company"),
      "Enter a last name or a company",
    );
    assert.equal(
      words("lead.email", "must have a value where there is no phone number"),
      "Enter an e-mail address or a phone number",
    );
    assert.equal(words("condition", "must have 1 to 2000 characters"), "Enter a condition");
    assert.equal(words("display_name", "must have 1 to 100 characters"), "Enter a name");
    assert.equal(words("city", "must have a value"), "Enter a value");
  });

  test("says who has it already, however the API puts it", () => {
    for (const rule of ["is another member's", "is used by another member", "is already taken"]) {
      assert.equal(
        words("email", rule, "ALREADY_EXISTS"),
        "Someone else has this e-mail address",
      );
    }
    const of = (part: string) => `must differ from the ${part} of the entry “In touch”`;
    assert.equal(
      words("display_name", of("name"), "ALREADY_EXISTS", "status"),
      "Another status is already named “In touch”",
    );
    assert.equal(
      words("key", of("key"), "ALREADY_EXISTS", "status"),
      "Another status already has the key “In touch”",
    );
    assert.equal(words("file_name", "is there", "ALREADY_EXISTS"), "Another one already has this file name");
  });

  test("says what must remain", () => {
    const rules = [
      "must stay true: at least one must be active",
      "must be true for the last one that can be chosen",
    ];
    for (const rule of rules) {
      assert.equal(words("active", rule), "Keep at least one of them active");
    }
  });

  test("keeps the place of a fault in a condition, but not its beginning", () => {
    assert.equal(words("condition", "1:1: there is no field 'x'"), "there is no field 'x'");
    assert.equal(words("condition", "1:15: found the end"), "found the end (at character 15)");
    assert.equal(words("condition", "2:3: found the end"), "found the end (at line 2, character 3)");
  });

  test("turns an obligation into a request", () => {
    assert.equal(words("points", "must be from -100 to 100"), "Enter a number from −100 to 100");
    assert.equal(words("website", "must have at most 2048 characters"), "Enter at most 2,048 characters");
    assert.equal(
      words("city", "must have at most 8 combining marks in a row"),
      "Enter at most 8 combining marks in a row",
    );
    assert.equal(
      words("company_size", "must be between -2147483648 and 2147483647"),
      "Enter a number of at most 2,147,483,647",
    );
    assert.equal(words("company_size", "must be at least 0"), "Enter a number of at least 0");
    assert.equal(words("role", "must be one of a, b"), "Choose one of a, b");
    assert.equal(
      words("time_zone", "must be an IANA time zone such as Europe/Berlin"),
      "Enter an IANA time zone such as Europe/Berlin",
    );
  });

  test("is left to the API where its shape is not known", () => {
    assert.equal(words("city", "lies on Mars"), null);
    const body = { errors: [{ field: "city", rule: "lies on Mars" }] };
    const error = new ApiError(readProblem(400, body));
    assert.deepEqual(fieldErrors(error, ["city"]), { city: "Lies on Mars." });
  });

  test("comes from the page itself for what it can check", () => {
    const error = new FieldRefusal({ cap: "Enter a whole number, or leave it empty." });
    assert.equal(fieldErrors(error, ["cap"])["cap"], "Enter a whole number, or leave it empty.");
  });
});
