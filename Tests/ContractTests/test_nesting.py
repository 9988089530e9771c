"""The deepest filters of each shape: answered or refused as too deep, in whatever statement they stand."""

import urllib.parse

import pytest

HOST = "acme.localhost"
SHAPES = {
    "negation": lambda n: "!(" * n + "score == 1" + ")" * n,
    "else if": lambda n: "".join(f'score > {n - i} ? status == "s{i}" : ' for i in range(n)) + "false",
    "text chosen": lambda n: "status == ("
                             + "".join(f'score > {n - i} ? "s{i}" : ' for i in range(n)) + '"z")',
    "choice": lambda n: "(score > 1 ? " * n + "true" + " : false)" * n,
    "text of a choice": lambda n: "status == " + "(company_size > 1 ? " * n + "city" + ' : "y")' * n,
    "and or": lambda n: '(score > 1 && (city == "x" || ' * n + "true" + "))" * n,
    "equality": lambda n: "(" * n + "score < 1" + ") == do_not_email" * n,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_filter_is_answered_or_too_deep(mesh, token, shape):
    deepest = 0
    for depth in range(1, 30):
        text = urllib.parse.quote(SHAPES[shape](depth))
        answers = {}
        for path in ("/api/v1/leads?", "/api/v1/leads?order_by=last_name%20desc&query=a&",
                     "/api/v1/leads:aggregate?group_by=status,source&"):
            status, _, body = mesh.request("GET", f"{path}filter={text}", host=HOST, token=token)
            answers[path] = status
            assert status == 200 or (status == 400 and body["reason"] == "INVALID_FILTER"), (path, body)
        assert len(set(answers.values())) == 1, answers
        if set(answers.values()) == {200}:
            assert deepest == depth - 1
            deepest = depth
    assert 4 <= deepest < 29
