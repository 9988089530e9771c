"""Occurrences of random rules, which python-dateutil must find too; LEADMESH_TEST_SEED repeats them.

Both are asked only where RFC 5545 leaves no doubt and python-dateutil follows it. `oddities` says what is left out.
"""

import datetime
import itertools
import subprocess
import types
import zoneinfo

import dateutil.rrule
import pytest

import scale
from mesh import EXECUTABLES

RULES = scale.count(1_000, long=20_000)
LIMIT = 30
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FREQUENCIES = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]
# How many years after its start a rule is followed; python-dateutil looks at each of its periods.
YEARS = {"YEARLY": 40, "MONTHLY": 40, "WEEKLY": 40, "DAILY": 20, "HOURLY": 2, "MINUTELY": 1, "SECONDLY": 1}
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata",
         "Pacific/Apia"]


def some(chance, numbers, most):
    numbers = list(numbers)
    return sorted(chance.sample(numbers, min(chance.randint(1, most), len(numbers))))


def signed(chance, last, most):
    return some(chance, [*range(-last, 0), *range(1, last + 1)], most)


def parts(chance, frequency, start):
    """The BY parts of a rule and the start of the week, as lists of texts."""
    found = {}

    def maybe(name, one_in, values):
        if chance.randrange(one_in) == 0:
            found[name] = values()

    maybe("BYMONTH", 3, lambda: some(chance, range(1, 13), 5))
    if frequency == "YEARLY":
        maybe("BYWEEKNO", 4, lambda: signed(chance, 53, 5))
    if frequency not in ("DAILY", "WEEKLY", "MONTHLY"):
        maybe("BYYEARDAY", 5, lambda: signed(chance, 366, 40))
    if frequency != "WEEKLY":
        maybe("BYMONTHDAY", 4, lambda: signed(chance, 31, 8))
    if chance.randrange(2):
        days = chance.sample(DAYS, chance.randint(1, 4))
        if frequency in ("YEARLY", "MONTHLY") and "BYWEEKNO" not in found and chance.randrange(2):
            most = 5 if frequency == "MONTHLY" or "BYMONTH" in found else 53
            days = [f"{chance.choice(signed(chance, most, 1))}{day}" for day in days]
        found["BYDAY"] = days
    maybe("BYHOUR", 3, lambda: some(chance, range(24), 6))
    maybe("BYMINUTE", 4, lambda: some(chance, range(60), 6))
    maybe("BYSECOND", 5, lambda: some(chance, range(60), 4))
    if found:
        # A second has one occurrence, and a minute seldom more than two.
        last = {"SECONDLY": 1, "MINUTELY": 2, "HOURLY": 3, "DAILY": 4}.get(frequency, 20)
        maybe("BYSETPOS", 4, lambda: signed(chance, chance.randint(1, last), 3))
    found["WKST"] = [chance.choice(DAYS)]
    oddities(found, frequency, start)
    return found


def oddities(found, frequency, start):
    """Takes away what python-dateutil reads in its own way."""
    if frequency == "YEARLY" and "BYWEEKNO" in found:
        # Without a day it means the whole week, and it counts positions and intervals by the calendar's years.
        found.setdefault("BYDAY", [DAYS[start.weekday()]])
        found.pop("BYSETPOS", None)
        # Days of a week that are in another year than the week it finds by the numbers 1 and -1 only.
        found["BYWEEKNO"] = [min(max(number, -51), 51) for number in found["BYWEEKNO"]]
    elif frequency == "YEARLY" and "BYMONTHDAY" in found and "BYYEARDAY" not in found and "BYDAY" not in found:
        # Without a month it means every month, we the start's as libical does.
        found.setdefault("BYMONTH", [start.month])
    if frequency == "WEEKLY" and "BYSETPOS" in found:
        # Its first week begins with the start.
        found["WKST"] = [DAYS[start.weekday()]]


def rule(chance):
    """A start, a zone and the text of a rule."""
    frequency = chance.choice(FREQUENCIES)
    start = datetime.datetime(
        chance.randint(1995, 2040), chance.randint(1, 12), chance.randint(1, 28), chance.randrange(24),
        chance.randrange(60), chance.randrange(60))
    found = parts(chance, frequency, start)
    interval = chance.choice([1, 1, 2, 3, 4, 7, 12, 25, 61])
    if interval > 1 and "BYWEEKNO" not in found:
        found["INTERVAL"] = [interval]
    end = chance.randrange(3)
    if end == 1:
        found["COUNT"] = [chance.randint(1, LIMIT)]
    elif end == 2:
        until = start + datetime.timedelta(days=chance.choice([1, 30, 400, 4_000]))
        found["UNTIL"] = [f"{until:%Y%m%dT%H%M%S}"]
    names = list(found)
    chance.shuffle(names)
    text = ";".join([f"FREQ={frequency}", *(f"{name}={','.join(map(str, found[name]))}" for name in names)])
    return start, chance.choice(ZONES), text


def expected(start, zone, text, monkeypatch):
    """Moments by python-dateutil, and that from which on they are not known."""
    last_year = start.year + YEARS[text.split(";")[0].removeprefix("FREQ=")]
    limited = types.SimpleNamespace(**{**vars(datetime), "MAXYEAR": last_year})
    monkeypatch.setattr(dateutil.rrule, "datetime", limited)
    end = datetime.datetime(last_year, 12, 30, tzinfo=datetime.UTC).timestamp()
    try:
        found = list(itertools.islice(dateutil.rrule.rrulestr(text, dtstart=start), LIMIT))
    except ValueError as error:
        assert "empty" in str(error), text
        found = []
    # In a gap, fold 0 is the offset before it; when clocks go back, the first time.
    place = zoneinfo.ZoneInfo(zone)
    moments = sorted({int(time.replace(tzinfo=place).timestamp()) for time in found})
    if len(found) == LIMIT and f"COUNT={LIMIT}" not in text:
        # A time that is not known may be moved from before it by a change of clocks.
        end = min(end, moments[-1] - 7_200)
    return [moment for moment in moments if moment < end], end


def test_random_rules_have_the_occurrences_of_dateutil(monkeypatch):
    chance = scale.chance()
    rules = [rule(chance) for _ in range(RULES)]
    asked = "".join(f"{LIMIT + 10} {start:%Y%m%dT%H%M%S} {zone} {text}\n" for start, zone, text in rules)
    done = subprocess.run(
        [EXECUTABLES / "leadmesh-bench", "occurrences"], input=asked, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done
    answers = done.stdout.splitlines()
    assert len(answers) == RULES
    wrong = []
    empty = 0
    for (start, zone, text), answer in zip(rules, answers):
        moments, end = expected(start, zone, text, monkeypatch)
        if answer == "refused: the rule must have an occurrence":
            answer = ""
        found = [int(word) for word in answer.split() if int(word) < end] if "refused" not in answer else answer
        empty += not moments
        if found != moments:
            wrong.append((text, start.isoformat(), zone, found, moments))
    assert not wrong, f"{len(wrong)} of {RULES}: {wrong[:3]}"
    assert empty < RULES / 2


@pytest.mark.parametrize("text, refusal", [
    ("FREQ=DAILY;BYMONTH=13", "BYMONTH must list 1 to 12"),
    ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "the rule must have an occurrence"),
])
def test_a_rule_that_cannot_be_is_refused_with_its_part(text, refusal):
    done = subprocess.run(
        [EXECUTABLES / "leadmesh-bench", "occurrences"], input=f"5 20260101T090000 UTC {text}\n",
        capture_output=True, text=True, timeout=60)
    assert done.stdout == f"refused: {refusal}\n"
