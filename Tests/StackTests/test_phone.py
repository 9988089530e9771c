"""What was typed as a phone number, through REST: extensions and notes are not lost, and nothing is guessed."""

import uuid

import pytest

from conftest import OWNER
from imports import Client
from mesh import PASSWORD

NUMBER = "+12125550143"


@pytest.fixture(scope="module")
def put(mesh):
    """The lead that has what was typed."""
    owner = Client(mesh, "stack", mesh.login("stack", OWNER, PASSWORD))

    def put(phone):
        return owner.ask("POST", "leads", {
            "last_name": "Ph", "email": f"{uuid.uuid4().hex}@phone.example", "phone": phone})

    return put


@pytest.mark.parametrize("typed", [
    "+1 212 555 0143 ext. 12", "212-555-0143 x12", "2125550143,,12", "tel:+12125550143;ext=12"])
def test_an_extension_is_kept(put, typed):
    lead = put(typed)
    assert lead["phone"] == f"{NUMBER} ext. 12" and lead["phone_valid"] is True


@pytest.mark.parametrize("typed", [
    "+1 212 555 0143 (mobile)", "212 555 0143 cell", "212 555 0143 home, after 6"])
def test_letters_of_a_note_become_no_digits(put, typed):
    found = put(typed)["phone"]
    assert found == typed or found.startswith(NUMBER) and not found[12:].isdigit()


@pytest.mark.parametrize("typed", ["12", "555 0100 ext. 12", "0049 30 901820", "٠١٢٣٤٥٦٧٨٩"])
def test_what_cannot_exist_is_kept_as_it_was_typed(put, typed):
    lead = put(typed)
    assert (lead["phone"], lead["phone_valid"]) == (typed, False)


def test_a_number_with_an_extension_is_found_and_repeated_with_it(put):
    first = put("(212) 555-0177 x9")
    assert put("+12125550177 ext 9")["duplicate_of"] == first["id"]
    assert not put("+12125550177 ext 8")["duplicate_of"], "another desk is another person"
