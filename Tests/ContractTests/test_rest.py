"""The REST API as a client of another team would use it: by host name, with JSON."""

import pytest

from mesh import PASSWORD

ACME = "acme.localhost"


@pytest.fixture
def call(mesh, token):
    def send(method, path, body=None, *, host=ACME, token=token, headers=None):
        return mesh.request(method, path, host=host, body=body, token=token, headers=headers)

    return send


def problem(answer):
    """The parts of an application/problem+json that clients switch on."""
    status, headers, body = answer
    assert headers["Content-Type"].startswith("application/problem+json"), headers
    assert body["status"] == status
    return body


def fields(body):
    return [error["field"] for error in body["errors"]]


def test_the_names_are_the_protos_and_large_integers_are_text(call):
    status, _, lead = call("POST", "/api/v1/leads", {
        "last_name": "Rest", "company_name": "Rest AG", "email": "rest@example.org",
        "annual_revenue": {"amount_minor": "9007199254740993", "currency": "EUR"}})
    assert status == 200
    assert lead["annual_revenue"] == {"amount_minor": "9007199254740993", "currency": "EUR"}
    assert call("GET", f"/api/v1/leads/{lead['id']}")[2] == lead


@pytest.mark.parametrize("body, field", [
    ({"last_name": "A", "email": "a@example.org", "nick_name": "A"}, "nick_name"),
    ({"last_name": "A", "email": "not an address"}, "email"),
    ({"last_name": "A", "email": "a@example.org", "owner_id": "member_1"}, "owner_id"),
    ({"last_name": "A", "email": "a@example.org",
      "annual_revenue": {"amount_minor": "1", "currency": "\u212aRW"}}, "annual_revenue.currency"),
    ({"last_name": "A"}, "email"),
    ({"email": "a@example.org"}, "last_name"),
])
def test_a_bad_lead_is_refused_by_its_field(call, body, field):
    answer = call("POST", "/api/v1/leads", body)
    assert answer[0] == 400
    assert field in fields(problem(answer))


@pytest.mark.parametrize("query, field", [
    ("filter=score%20%3E%20%22high%22", "filter"),
    ("filter=score%20%3E", "filter"),
    ("order_by=shoe_size", "order_by"),
    ("page_token=broken", "page_token"),
    ("page_size=-1", "page_size"),
])
def test_a_bad_list_is_refused_by_its_field(call, query, field):
    answer = call("GET", f"/api/v1/leads?{query}")
    assert answer[0] == 400
    assert field in fields(problem(answer))


def test_a_stale_etag_is_a_conflict(call):
    _, _, lead = call("POST", "/api/v1/leads", {"last_name": "Etag", "email": "etag@example.org"})
    path = f"/api/v1/leads/{lead['id']}?update_mask=city"
    status, _, changed = call("PATCH", path, {"city": "Bonn", "etag": lead["etag"]})
    assert (status, changed["city"]) == (200, "Bonn")
    assert changed["etag"] != lead["etag"]
    answer = call("PATCH", path, {"city": "Kiel", "etag": lead["etag"]})
    assert answer[0] == 409
    assert problem(answer)["reason"] == "STALE_ETAG"
    assert fields(problem(answer)) == ["etag"]
    assert call("GET", f"/api/v1/leads/{lead['id']}")[2]["city"] == "Bonn"


def test_an_idempotency_key_gives_the_same_lead_once(call):
    key = {"Idempotency-Key": "3f0c-once"}
    body = {"last_name": "Once", "email": "once@example.org"}
    _, _, first = call("POST", "/api/v1/leads", body, headers=key)
    _, _, again = call("POST", "/api/v1/leads", body, headers=key)
    assert first == again
    other = call("POST", "/api/v1/leads", {**body, "city": "Bonn"}, headers=key)
    assert 400 <= other[0] < 500
    assert problem(other)["reason"] == "IDEMPOTENCY_CONFLICT"


def test_pages_give_every_lead_once_while_others_come_in(call):
    for number in range(30):
        call("POST", "/api/v1/leads", {"last_name": f"Page {number}", "email": f"p{number}@example.org"})
    _, _, all_at_once = call("GET", "/api/v1/leads?page_size=1000")
    there = {lead["id"] for lead in all_at_once["leads"]}
    seen, token = [], ""
    while True:
        path = f"/api/v1/leads?order_by=score%20desc&page_size=7&page_token={token}"
        status, _, page = call("GET", path)
        assert status == 200
        seen += [lead["id"] for lead in page.get("leads", [])]
        call("POST", "/api/v1/leads", {"last_name": "Late", "email": f"late{len(seen)}@example.org"})
        token = page.get("next_page_token", "")
        if not token:
            break
    assert len(seen) == len(set(seen))
    assert there <= set(seen)


def test_a_tenants_records_and_tokens_end_at_its_host(call, mesh, other_token):
    _, _, lead = call("POST", "/api/v1/leads", {"last_name": "Own", "email": "own2@example.org"})
    path = f"/api/v1/leads/{lead['id']}"
    assert call("GET", path, host="globex.localhost", token=other_token)[0] == 404
    assert call("GET", path, host="globex.localhost")[0] == 401
    assert call("GET", path, token=None)[0] == 401
    status, _, body = call("GET", path, host="nobody.localhost")
    assert status == 404
    assert "acme" not in str(body) and "lead_" not in str(body)


def test_only_json_is_taken(call, mesh):
    wrong = call("POST", "/api/v1/leads", {"a": 1}, headers={"Content-Type": "text/plain"})
    assert wrong[0] == 415
    assert call("POST", "/api/v1/leads", "a text")[0] == 400


def test_a_wrong_password_and_a_wrong_address_look_alike(mesh):
    def login(email, password):
        return mesh.request(
            "POST", "/api/v1/auth:login", host=ACME, body={"email": email, "password": password})

    wrong = login("owner@acme.example", "wrong password")
    unknown = login("nobody@acme.example", PASSWORD)
    assert wrong[0] == unknown[0] == 401
    assert problem(wrong) == problem(unknown)
    assert problem(wrong)["reason"] == "INVALID_CREDENTIALS"


def test_the_openapi_document_needs_no_login_and_describes_what_is_answered(mesh, call):
    status, headers, document = mesh.request("GET", "/api/v1/openapi.json", host=ACME)
    assert status == 200 and headers["Content-Type"] == "application/json"
    assert document["openapi"].startswith("3.1.")
    status, _, page = call("GET", "/api/v1/leads")
    assert status == 200
    operation = document["paths"]["/api/v1/leads"]["get"]
    reference = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rsplit("/", 1)[1]]
    assert set(page) <= set(schema["properties"])


def test_the_kinds_of_records_are_described_with_the_path_of_their_list(call):
    status, _, answer = call("GET", "/api/v1/objects")
    assert status == 200
    objects = {each["name"]: each for each in answer["objects"]}
    assert {"create", "delete", "edit", "read"} <= set(objects["lead"]["actions"])
    assert call("GET", objects["scoring_rule"]["collection"])[0] == 200
    status, _, lead = call("GET", "/api/v1/objects/lead:describe")
    assert status == 200
    fields = {each["name"]: each for each in lead["fields"]}
    assert fields["email"]["label"] == "E-mail" and fields["email"]["editable"]
    assert fields["score"]["output_only"] and not fields["score"]["editable"]
    assert problem(call("GET", "/api/v1/objects/dragon:describe"))["reason"] == "NOT_FOUND"


def test_a_list_has_the_fields_that_are_asked_for(call):
    path = "/api/v1/leads?page_size=2&fields="
    status, _, page = call("GET", path + "last_name,score,annual_revenue")
    assert status == 200
    assert page["leads"]
    for lead in page["leads"]:
        assert set(lead) - {"annual_revenue"} == {"id", "etag", "last_name", "score"}
    refused = problem(call("GET", path + "last_name,salary"))
    assert refused["status"] == 400
    assert fields(refused) == ["fields"]
    assert "salary" in refused["detail"]
