import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { account } from "../src/areas/accounts/account";
import "../src/areas/accounts/face";
import { contact } from "../src/areas/contacts/contact";
import "../src/areas/contacts/face";
import { deal } from "../src/areas/deals/deal";
import { roles } from "../src/areas/contacts/links";
import { NoDeals } from "../src/areas/deals/DealBoard";
import { DealFacts } from "../src/areas/deals/DealFacts";
import "../src/areas/deals/face";
import NewDeal from "../src/areas/deals/NewDeal";
import { cardFields } from "../src/areas/deals/useDealBoard";
import { wordsOf } from "../src/core/fields";
import type { Rec, RecordKind } from "../src/core/recordKind";
import { GridCell } from "../src/records/GridCell";
import { RecordForm } from "../src/records/RecordForm";
import { RecordView } from "../src/records/RecordView";
import { FakeWorkspace } from "./fakeWorkspace";

// Accounts are archived, and never deleted.
const everything = [deal, account, contact].flatMap(({ object }) =>
  ["read", "create", "edit", object === "account" ? "archive" : "delete"].map((verb) => `${object}.${verb}`),
);

function shown(children: ReactNode, permissions: readonly string[] = everything): string {
  return renderToStaticMarkup(<FakeWorkspace permissions={permissions}>{children}</FakeWorkspace>);
}

function words(markup: string): string {
  return markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
}

const page = (kind: RecordKind, record: Rec) => (
  <RecordView kind={kind} record={record} heading="h1" isGone={false} onDeleted={() => undefined} />
);

const open = deal.decode({
  id: "deal_1",
  etag: "1",
  name: "Machines",
  amount: { amount_minor: "9007199254740993", currency: "USD" },
  probability: 40,
  pipeline_id: "pipeline_1",
  stage: "packed",
  status: "open",
  expected_close_date: "2020-01-31",
  owner_id: "member_1",
});
const lost = deal.decode({ ...open, status: "lost", close_date: "2026-01-05" });

describe("A deal on screen", () => {
  test("says on its card what counts, with one warning", () => {
    const card = words(shown(<DealFacts record={open} />));
    assert.match(card, /^No account \$90,071,992,547,409\.93 Closes Jan 31, 2020 .*Ada Lovelace .*days overdue$/);
    const closed = words(shown(<DealFacts record={lost} />));
    assert.match(closed, /Closed Jan 5, 2026/);
    assert.doesNotMatch(closed, /overdue/);
  });

  test("says the same of what the board asks for", () => {
    for (const record of [open, lost]) {
      const asked = Object.fromEntries(cardFields.map((name) => [name, record[name]]));
      const answered = { ...asked, id: record.id, etag: record.etag };
      assert.equal(shown(<DealFacts record={answered} />), shown(<DealFacts record={record} />));
    }
  });

  test("has no amount where nobody said one", () => {
    assert.match(words(shown(<DealFacts record={deal.decode({ ...open, amount: null })} />)), /No amount/);
  });

  test("can be opened again once it is closed, by whom it may be changed", () => {
    assert.match(words(shown(page(deal, lost))), /Reopen/);
    assert.doesNotMatch(words(shown(page(deal, lost), ["deal.read"])), /Reopen/);
    assert.doesNotMatch(words(shown(page(deal, open))), /Reopen/);
    assert.doesNotMatch(shown(page(deal, lost)), /button-main/);
  });

  test("adds contacts where it may be changed", () => {
    assert.match(words(shown(page(deal, open))), /Contacts No contacts Add contact/);
    assert.doesNotMatch(words(shown(page(deal, open), ["deal.read"])), /Add contact/);
  });

  test("stands on no board of a member who may make none, without telling them to", () => {
    const state = { ...deal.firstList({ id: "member_1", role: "read_only" }), query: "" };
    const none = (permissions: readonly string[]) =>
      words(shown(<NoDeals state={state} change={() => undefined} />, permissions));
    assert.match(none(["deal.read", "deal.create"]), /^There are none in this pipeline yet\. Make one/);
    assert.equal(none(["deal.read"]), "No deal in this pipeline is yours, your team’s, or shared with you.");
  });
});

describe("An account on screen", () => {
  const one = account.decode({
    id: "account_1",
    etag: "1",
    name: "Initech",
    billing_address: { street: "1 Main St", city: "Springfield" },
  });

  test("has its addresses, and a way into the archive for whoever may", () => {
    const said = words(shown(page(account, one)));
    assert.match(said, /Billing address 1 Main St Springfield/);
    assert.match(said, /Archive/);
    assert.doesNotMatch(said, /Delete account/);
    assert.doesNotMatch(words(shown(page(account, one), ["account.read"])), /Archive|Shipping/);
  });

  test("has its health once it is known, with what each rule says", () => {
    const reason = (name: string, points: number, state: string) => ({ rule_id: name, name, points, state });
    const known = account.decode({
      ...one,
      health_score: 20,
      health: "poor",
      health_reasons: [
        reason("Activity", 25, "not_measured"),
        reason("Open deal", 25, "not_met"),
        reason("Won", 20, "met"),
      ],
    });
    const said = words(shown(page(account, known)));
    assert.match(said, /20 of 100 Poor Won \+20 Open deal not met \(\+25\) Activity not measured yet History of health/);
    assert.doesNotMatch(said, /Kept between/);
    const limited = account.decode({ ...known, health_score: 0, health_reasons: [reason("Late", -5, "met")] });
    assert.match(words(shown(page(account, limited))), /0 of 100 Poor Late −5 Kept between 0 and 100 0/);
    assert.doesNotMatch(words(shown(page(account, one))), /of 100/);
  });

  test("has its lifecycle by colour and words, on its page and in the list", () => {
    const colours = { prospect: "blue", customer: "green", churned: "red", inactive: "gray" };
    const columns = account.columns.filter(({ id }) => id === "lifecycle");
    assert.equal(columns.length, 1);
    for (const [lifecycle, colour] of Object.entries(colours)) {
      const record = account.decode({ ...one, lifecycle });
      const cells = columns.map((column) => <GridCell key="" kind={account} column={column} record={record} />);
      for (const view of [page(account, record), ...cells]) {
        assert.match(shown(view), new RegExp(`class="[^"]*tint-${colour}".*>${wordsOf(lifecycle)}<`));
      }
    }
    assert.doesNotMatch(shown(page(account, one)), /tint-/);
  });

  test("has its health in the list as a badge", () => {
    const record = account.decode({ ...one, health_score: 20, health: "poor" });
    const columns = account.columns.filter(({ id }) => id === "health_score");
    const cells = columns.map((column) => <GridCell key="" kind={account} column={column} record={record} />);
    assert.match(cells.map((cell) => shown(cell)).join(), /band-poor.*20.*Poor/);
  });

  test("has its history below what to do, what is related after its facts, and the way into the archive last", () => {
    const said = words(shown(page(account, one)));
    const places = ["New deal", "History", "Addresses", "Deals", "Contacts", "Archive"].map((each) => said.indexOf(each));
    assert.deepEqual(places, [...places].sort((a, b) => a - b));
    assert.ok(!places.includes(-1));
  });

  test("is called on a number that can be dialled only", () => {
    const pageOf = (phone: string) => shown(page(account, account.decode({ ...one, phone })));
    assert.match(pageOf("+12125550143"), /class="button[^"]*" href="tel:/);
    assert.doesNotMatch(pageOf("ask the desk"), /class="button[^"]*" href="tel:/);
  });

  test("has lists of what one may see only", () => {
    const said = words(shown(page(account, one), ["account.read", "contact.read"]));
    assert.match(said, /Contacts/);
    assert.doesNotMatch(said, /Deals/);
  });
});

describe("A role", () => {
  const colours = {
    decision_maker: "orange",
    influencer: "purple",
    champion: "green",
    end_user: "blue",
    technical: "cyan",
    executive: "red",
  };
  const looks = (role: string) =>
    new RegExp(`tint-${colours[role as keyof typeof colours]}"><svg[^>]*aria-hidden="true".*</svg>${wordsOf(role)}<`);

  test("is a picture of its own in its colour, and words", () => {
    assert.deepEqual(Object.keys(colours), [...roles]);
    const pictures = roles.map((role) => {
      const link = { contact_id: `contact_${role}`, role };
      const markup = shown(page(deal, deal.decode({ ...open, contacts: [link] })));
      assert.match(markup, looks(role));
      return /class="role [^"]*"><svg[^>]*>(.*?)<\/svg>/.exec(markup)?.[1];
    });
    assert.equal(new Set(pictures).size, roles.length);
  });

  test("stands before the days at an account", () => {
    const link = { account_id: "account_1", role: "champion", start_date: "2024-01-31" };
    const markup = shown(page(contact, contact.decode({ id: "contact_1", etag: "1", accounts: [link] })));
    assert.match(markup, looks("champion"));
    assert.match(words(markup), /Champion · Since Jan 31, 2024/);
  });

  test("is nothing where none is known", () => {
    const link = { contact_id: "contact_1", role: "" };
    assert.doesNotMatch(shown(page(deal, deal.decode({ ...open, contacts: [link] }))), /class="role/);
  });
});

describe("A contact on screen", () => {
  const of = (values: Record<string, unknown>) =>
    contact.decode({ id: "contact_1", etag: "1", display_name: "Cora Day", email: "cora@example.org", ...values });

  test("is not linked by a channel that was denied", () => {
    assert.match(shown(page(contact, of({}))), /href="mailto:cora/);
    assert.doesNotMatch(shown(page(contact, of({ email_consent: "denied" }))), /href="mailto:/);
    const phone = { phone: "+12125550143", phone_valid: true };
    assert.match(shown(page(contact, of(phone))), /href="tel:/);
    assert.doesNotMatch(shown(page(contact, of({ ...phone, phone_consent: "denied" }))), /href="tel:/);
  });
});

describe("Forms for new ones", () => {
  test("ask for what one knows at first", () => {
    assert.match(words(shown(<RecordForm kind={deal} onClose={() => undefined} />)), /Name .*Account .*Amount .*Pipeline/);
    assert.match(words(shown(<RecordForm kind={account} onClose={() => undefined} />)), /Name .*Type .*Parent/);
    assert.match(words(shown(<RecordForm kind={contact} onClose={() => undefined} />)), /First name .*Account .*E-mail/);
  });

  test("have the pipeline on screen for a deal, else the default one", () => {
    const pipeline = (pathname: string, search: string) => {
      Object.assign(location, { pathname, search });
      return shown(<NewDeal onClose={() => undefined} />);
    };
    assert.match(pipeline("/deals", "?pipeline_id=on_its_way&as=board"), /value="on.its.way"/i);
    assert.match(pipeline("/deals", ""), /value="packed"/i);
    assert.match(pipeline("/leads", "?pipeline_id=on_its_way"), /value="packed"/i);
    Object.assign(location, { pathname: "/", search: "" });
  });
});
