import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiError, FieldRefusal, fieldErrors, readProblem } from "../src/core/problem";
import { ruleWords } from "../src/core/ruleWords";
import "../src/areas/leads/rules";
import "../src/areas/settings/rules";
import { serverText } from "./serverTexts";

function words(field: string, rule: string, reason = "INVALID_FIELD", thing?: string) {
  return ruleWords({ field, rule, reason }, thing);
}

describe("A broken rule in words", () => {
  test("asks for what is missing", () => {
    assert.equal(
      words("last_name", serverText("must have a value when there is no company and no first name")),
      "Enter a last name or a company",
    );
    assert.equal(
      words("lead.email", serverText("must have a value when there is no phone number")),
      "Enter an e-mail address or a phone number",
    );
    const characters = (most: string) => serverText("must have 1 to {} characters", most);
    assert.equal(words("condition", characters("2000")), "Enter a condition");
    assert.equal(words("display_name", characters("100")), "Enter a name");
    assert.equal(words("name", characters("100")), "Enter a name");
    assert.equal(words("email", characters("254")), "Enter an e-mail address");
    assert.equal(words("city", serverText("must have a value")), "Enter a value");
    assert.equal(words("deal.name", serverText("must have 1 to {} characters", "200")), "Enter a name");
  });

  test("says what a status leaves to choose", () => {
    assert.equal(
      words("status", serverText("must be reached by :convert alone; {} is of type converted", "“converted”")),
      "Convert the lead to bring it there",
    );
    const place = "the status “Contacted”";
    assert.equal(
      words("substatus", serverText("must be one of the substatuses of {}; {} is not", place, "“Waiting”")),
      "Choose one of the substatuses of its status",
    );
    assert.equal(
      words("substatus", serverText("must be empty: {} has no substatuses", place)),
      "Leave it empty: its status has no substatuses",
    );
    assert.equal(
      words("substatuses", serverText("must have entries of 1 to 100 characters")),
      "Enter names of 1 to 100 characters",
    );
  });

  test("says who has it already", () => {
    assert.equal(
      words("email", serverText("is used by another member"), "ALREADY_EXISTS"),
      "Someone else has this e-mail address",
    );
    assert.equal(
      words("display_name", serverText("must differ from the name of the entry {}", "“In touch”"), "ALREADY_EXISTS", "status"),
      "Another status is already named “In touch”",
    );
    assert.equal(
      words("key", serverText("must differ from the key of the entry {}", "“In touch”"), "ALREADY_EXISTS", "status"),
      "Another status already has the key “In touch”",
    );
    assert.equal(
      words("subdomain", serverText("is taken"), "ALREADY_EXISTS"),
      "Another one already has this subdomain",
    );
  });

  test("says what must remain", () => {
    assert.equal(
      words("active", serverText("must stay true: at least one must be active")),
      "Keep at least one of them active",
    );
    assert.equal(words("points", serverText("must not be 0")), "Enter a number other than 0");
  });

  test("asks for what can be chosen", () => {
    const chosen = (list: string) => serverText(`must be one of the tenant's active lead ${list}; {} is not`, "“x”");
    assert.equal(words("status", chosen("statuses")), "Choose a status that is in use");
    assert.equal(words("source", chosen("sources")), "Choose a source that is in use");
    assert.equal(
      words("owner_id", serverText("must be an active member who may edit leads")),
      "Choose an active member whose role allows it",
    );
    assert.equal(
      words("owner_id", serverText("must be an active member who may edit {}", "deals")),
      "Choose an active member whose role allows it",
    );
  });

  test("asks for a team that can stand where it is put, of members who are active", () => {
    assert.equal(
      words("parent_team_id", serverText("must not be the team itself or one that stands below it")),
      "Choose a team that is not this one, nor below it",
    );
    assert.equal(
      words("parent_team_id", serverText("must leave no team more than {} deep", "10")),
      "Choose a team further up: no more than 10 may be one below the other",
    );
    assert.equal(words("manager_id", serverText("must be an active member")), "Choose members who are active");
    assert.equal(
      words("member_ids", serverText("must be active members; {} is not", "member_1")),
      "Choose members who are active",
    );
    assert.equal(
      words("member_ids", serverText("must have at most {} members", "500")),
      "Choose at most 500 members",
    );
  });

  test("asks for another password", () => {
    for (const field of ["password", "new_password"]) {
      assert.equal(
        words(field, serverText("must not be the e-mail address")),
        "Choose a password other than the e-mail address",
      );
      assert.equal(
        words(field, serverText("must have characters other than blanks")),
        "Choose a password that is not only spaces",
      );
      assert.equal(
        words(field, serverText("must have at least {} characters", "10")),
        "Enter at least 10 characters",
      );
    }
  });

  test("keeps the place of a fault in a condition, but not its beginning", () => {
    const fault = (place: string, text: string) => serverText("{}: {}", place, text);
    assert.equal(words("condition", fault("1:1", "there is no field 'x'")), "there is no field 'x'");
    assert.equal(words("condition", fault("1:15", "found the end")), "found the end (at character 15)");
    assert.equal(words("condition", fault("2:3", "found the end")), "found the end (at line 2, character 3)");
  });

  test("turns an obligation into a request", () => {
    assert.equal(words("points", serverText("must be from {} to {}", "-100", "100")), "Enter a number from −100 to 100");
    assert.equal(
      words("website", serverText("must have at most {} characters", "2048")),
      "Enter at most 2,048 characters",
    );
    assert.equal(
      words("city", serverText("must have at most {} combining marks in a row", "8")),
      "Enter at most 8 combining marks in a row",
    );
    assert.equal(
      words("company_size", serverText("must be between {} and {}", "-2147483648", "2147483647")),
      "Enter a number of at most 2,147,483,647",
    );
    assert.equal(words("company_size", serverText("must be at least {}", "0")), "Enter a number of at least 0");
    assert.equal(words("company_size", serverText("must be at most {}", "1000")), "Enter a number of at most 1,000");
    assert.equal(
      words("company_size", serverText("must be of type {}", "integer")),
      "Enter a whole number, or leave it empty",
    );
    assert.equal(words("role", serverText("must be one of {}", "a, b")), "Choose one of a, b");
    assert.equal(
      words("key", serverText("must have 1 to 60 lower-case letters, digits and underscores")),
      "Enter a key of 1 to 60 lower-case letters, digits and underscores",
    );
    assert.equal(
      words("time_zone", serverText("must be an IANA time zone such as Europe/Berlin")),
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

test("a sentence that no service says is refused", () => {
  assert.throws(() => serverText("must lie on Mars"), (error) => String(error).includes("must lie on Mars"));
});
