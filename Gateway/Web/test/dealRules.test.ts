import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import "../src/areas/leads/rules";
import "../src/areas/settings/rules";
import "../src/areas/settings/pipeline";
import "../src/areas/accounts/rules";
import "../src/areas/contacts/rules";
import "../src/areas/deals/rules";
import "../src/areas/forecast/rules";
import { ApiError, explainInLine, readProblem } from "../src/core/problem";
import { serverText } from "./serverTexts";

const said = (field: string, text: string, ...values: string[]) => {
  const errors = [{ field, rule: serverText(text, ...values) }];
  return explainInLine(new ApiError(readProblem(400, { errors })));
};

describe("A broken rule of deals, contacts and accounts", () => {
  test("asks for what is missing, in the terms of the record", () => {
    assert.equal(said("loss_reason", "must say why the deal is lost"), "Choose why the deal is lost.");
    assert.equal(said("win_reason", "must say why the deal is won"), "Choose why the deal is won.");
    assert.equal(
      said("probability_reason", "must say why the probability is not the {} percent of the stage", "25"),
      "Enter why the probability is not the stage’s.",
    );
    assert.equal(said("last_name", "must have a value when there is no first name"), "Enter a first or a last name.");
    const nameless = "must have a value when there is no company and no first name";
    assert.equal(said("last_name", nameless), "Enter a last name or a company.");
    assert.equal(said("last_name", "must have a value in {}", "the status “Working”"), "Enter a value.");
  });

  test("says what to do about what cannot be", () => {
    assert.equal(
      said("stage", "must stay: the deal is {}; reopen it first", "won"),
      "The deal is closed. Reopen it first.",
    );
    const below = "must not be the record itself or one that stands below it";
    assert.equal(said("parent_id", below), "Choose another one: this is the record itself, or a part of it.");
    assert.equal(said("reports_to_id", below), "Choose someone who does not report to this contact.");
    for (const rule of ["must not be archived", "does not exist"]) {
      assert.equal(said("account_id", rule), "Choose an account that is in use.");
      assert.equal(said("parent_id", rule), "Choose an account that is in use.");
    }
    assert.equal(said("accounts[0].end_date", "must not be before start_date"), "Enter a day that is not before the first one.");
    assert.equal(
      said("since", "must not be before the first day with a snapshot"),
      "Choose a later day: the forecast of that day is not kept.",
    );
  });
});

describe("A broken rule of a pipeline", () => {
  test("asks for stages that fit together", () => {
    assert.equal(
      said("stages[0].display_name", "must differ from the names of the other stages"),
      "Choose a name that no other stage has.",
    );
    assert.equal(
      said("stages[0].kind", "must stay {} while deals are in {}", "open", "“Demo”"),
      "Keep its type while deals are in it.",
    );
    assert.equal(
      said("stages[0].required_fields", "must be fields of deals that can be set; {} is not", "“id”"),
      "Choose fields of deals that people set.",
    );
  });

  test("says nothing for other kinds of records", () => {
    const ofStatus = "must be fields of leads that can be set, bant_score or meddicc_score; ";
    assert.match(said("required_fields", ofStatus), /^Required fields must be fields of leads/);
  });
});
