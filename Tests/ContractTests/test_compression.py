"""Answers in gzip, as a stock client reads them."""

import gzip
import http.client
import json

import pytest

ACME = "acme.localhost"


def ask(mesh, path, token, method="GET", **headers):
    """Status, fields and the bytes of an answer as they come."""
    connection = http.client.HTTPConnection("127.0.0.1", mesh.port, timeout=30)
    connection.request(
        method, path, headers={"Host": ACME, "Authorization": f"Bearer {token}", **headers})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


@pytest.fixture(scope="module")
def filled(mesh, token):
    for number in range(30):
        status, _, _ = mesh.request(
            "POST", "/api/v1/leads", host=ACME, token=token,
            body={"last_name": f"Zip {number}", "email": f"zip{number}@example.org"})
        assert status == 200
    return "/api/v1/leads?query=zip&page_size=30"


def test_a_list_in_gzip_is_the_list(mesh, token, filled):
    plain, zipped = [ask(mesh, filled, token, **each) for each in ({}, {"Accept-Encoding": "gzip"})]
    assert plain[1]["content-encoding"] is None and zipped[1]["content-encoding"] == "gzip"
    assert plain[1]["vary"] == zipped[1]["vary"] == "accept-encoding"
    assert gzip.decompress(zipped[2]) == plain[2] and len(json.loads(plain[2])["leads"]) == 30
    assert int(zipped[1]["content-length"]) == len(zipped[2]) < len(plain[2]) / 5
    head = ask(mesh, filled, token, "HEAD", **{"Accept-Encoding": "gzip"})
    assert (head[0], head[2]) == (200, b"") or head[0] == 405


def test_a_download_in_gzip_is_the_file(mesh, token, filled):
    path = "/api/v1/leads:export"
    plain, zipped = [ask(mesh, path, token, **each) for each in ({}, {"Accept-Encoding": "gzip"})]
    assert zipped[1]["content-encoding"] == "gzip"
    assert zipped[1]["content-type"] == "text/csv; charset=utf-8"
    assert gzip.decompress(zipped[2]) == plain[2]


def test_what_may_hold_a_secret_is_not_compressed(mesh, token):
    for path in ("/api/v1/auth:session",):
        status, fields, body = ask(mesh, path, token, **{"Accept-Encoding": "gzip"})
        assert status == 200 and fields["content-encoding"] is None
        assert "csrf_token" in json.loads(body)
