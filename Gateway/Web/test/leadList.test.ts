import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  defaultSort,
  filterSentence,
  firstLeadList,
  leadListAddress,
  leadSearch,
  nextSort,
  noFilters,
  ownerChoices,
  readLeadList,
} from "../src/core/leadList";

const newest = firstLeadList("manager");
const own = firstLeadList("rep");

describe("The address of a lead list", () => {
  test("comes back the same from what it says", () => {
    const state = {
      query: "moe's & sons + co",
      filters: { ...noFilters, status: ["new", "contacted"], owner: ["me", "none"] },
      sort: { field: "score", falling: true } as const,
      open: "lead_01h455vb4pex5vsknk084sn02q",
    };
    const address = leadListAddress(state, newest);
    assert.deepEqual(readLeadList(address.slice("/leads".length), newest), state);
  });

  test("is bare for the list as it first is", () => {
    assert.equal(leadListAddress(readLeadList("", newest), newest), "/leads");
  });

  test("is read without what it does not know", () => {
    const state = readLeadList("?sort=-shoe_size&status=,,new,new&colour=red", newest);
    assert.deepEqual(state.sort, defaultSort);
    assert.deepEqual(state.filters.status, ["new"]);
  });

  test("keeps commas between values readable", () => {
    const state = { ...readLeadList("", newest), filters: { ...noFilters, band: ["hot", "very_hot"] } };
    assert.equal(leadListAddress(state, newest), "/leads?band=hot,very_hot");
  });
});

describe("The list as it first is", () => {
  test("is a rep's own leads, the most promising first", () => {
    const search = leadSearch(readLeadList("", own), "member_1");
    assert.equal(search.filter, `owner_id == "member_1"`);
    assert.equal(search.orderBy, "score desc");
    assert.equal(leadListAddress(own, own), "/leads");
  });

  test("stays behind an opened lead", () => {
    const state = readLeadList("?lead=lead_1", own);
    assert.deepEqual(state, { ...own, open: "lead_1" });
    assert.equal(leadListAddress(state, own), "/leads?lead=lead_1");
  });

  test("can be left for all leads, which have an address too", () => {
    const all = { ...own, filters: noFilters };
    for (const state of [all, newest]) {
      const address = leadListAddress(state, own);
      assert.deepEqual(readLeadList(address.slice("/leads".length), own), state);
    }
    assert.equal(leadListAddress(newest, own), "/leads?sort=-create_time");
  });
});

describe("Filtering by owner", () => {
  test("offers who is active, and who was deactivated and still owns leads", () => {
    const members = [
      { id: "1", display_name: "Gone", active: false },
      { id: "2", display_name: "Ann", active: true },
      { id: "3", display_name: "Left with nothing", active: false },
    ];
    assert.deepEqual(ownerChoices(members, ["1", "2"]), [
      { value: "2", name: "Ann" },
      { value: "1", name: "Gone (deactivated)" },
    ]);
  });
});

describe("Asking for a lead list", () => {
  test("puts the member in the place of me and no owner in the place of nobody", () => {
    const search = leadSearch(readLeadList("?owner=me,none&status=new", newest), "member_1");
    const owner = `(owner_id == null || owner_id == "member_1")`;
    assert.equal(search.filter, `status == "new" && ${owner}`);
    assert.equal(leadSearch(readLeadList("?owner=none", newest), "x").filter, "owner_id == null");
  });

  test("orders falling where the address says so", () => {
    assert.equal(leadSearch(readLeadList("?sort=-score", newest), "").orderBy, "score desc");
    assert.equal(leadSearch(readLeadList("?sort=email", newest), "").orderBy, "email");
  });
});

describe("Choosing a header", () => {
  test("turns the present order round", () => {
    assert.deepEqual(nextSort({ field: "score", falling: true }, "score"), {
      field: "score",
      falling: false,
    });
  });

  test("starts with the highest score and the first letter", () => {
    assert.equal(nextSort(defaultSort, "score").falling, true);
    assert.equal(nextSort(defaultSort, "last_name").falling, false);
  });
});

describe("A filter as a sentence", () => {
  test("joins its values with or", () => {
    assert.equal(filterSentence("Status", ["New"]), "Status is New");
    assert.equal(filterSentence("Status", ["New", "Dead"]), "Status is New or Dead");
    assert.equal(filterSentence("Owner", ["A", "B", "C"]), "Owner is A, B or C");
  });

  test("counts the rest when there are many", () => {
    assert.equal(filterSentence("Owner", ["A", "B", "C", "D"]), "Owner is A, B or 2 others");
  });
});
