"""Lead files through the whole mesh: command, gRPC, store, REST."""

import collections
import os
import pathlib

import pytest

from imports import report
from mesh import ROOT

# Real lead files, which are not part of the project.
DATA = pathlib.Path(os.environ.get("LEADMESH_TEST_DATA", ROOT.parent / "shared" / "data")) / "leads"

ROWS = """Last Name,Company,Email,Mobile,Lead Source,Lead Status,LEADID,Lead Owner
Aldous,Maurice,gary@example.com,660-485-0225,Partner,Contacted,1,x
Birch,Chargepal,mary@example.com,860-253-6355,Cold Call,Junk Lead,2,x
Roye,,,,Cold Call,New,3,x
Aldous,Other,GARY@example.com,,Partner,New,4,x
"""


def run(mesh, path, *options):
    return report(mesh, "leads", path, "stack", *options)


def counts(found):
    return [found[name] for name in ("created", "duplicates", "unchanged", "refused")]


def test_a_file_becomes_cleaned_linked_and_scored_leads_once(mesh, get, all_leads, tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text(ROWS)
    first = run(mesh, path)
    assert counts(first) == [3, 1, 0, 1]
    assert [(row["line"], row["column"]) for row in first["refused_rows"]] == [(4, "Email")]
    listed = mesh.command("import", "refused", first["import_id"], "--tenant", "stack")
    assert listed.startswith("line 4, Email: ") and listed.count("\n") == 1, listed
    assert {remark["value"] for remark in first["remarks"]} == {"Junk Lead", "x"}, "a status, and an owner"
    again = run(mesh, path)
    assert counts(again) == [0, 0, 3, 1]
    leads = {lead["email"]: lead for lead in all_leads()}
    gary = leads["gary@example.com"]
    assert gary["phone"] == "+16604850225" and gary["phone_valid"]
    assert leads["GARY@example.com"]["duplicate_of"] == gary["id"]
    assert leads["mary@example.com"]["status"] == "junk_lead"
    assert all(lead["score"] == sum(part["points"] for part in lead["score_breakdown"])
               for lead in leads.values())


def test_columns_of_any_name_are_mapped_by_hand(mesh, all_leads, tmp_path):
    path = tmp_path / "mapped.csv"
    path.write_text("Nachname;Firma;Erreichbar unter\nVogel;Bau AG;vogel@bau.example\n")
    mapped = run(mesh, path, "--map", "Nachname=last_name", "--map", "Firma=company_name",
                 "--map", "Erreichbar unter=email")
    assert counts(mapped) == [1, 0, 0, 0]
    assert any(lead["last_name"] == "Vogel" for lead in all_leads("&query=vogel"))


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no lead files in {DATA}; see LEADMESH_TEST_DATA")
def test_real_files_come_in_whole_and_once(mesh, all_leads):
    zoho, salesforce = DATA / "zoho_leads.csv", DATA / "salesforce_leads.csv"
    before = len(all_leads())
    assert counts(run(mesh, zoho)) == [3900, 0, 0, 0]
    assert counts(run(mesh, zoho)) == [0, 0, 3900, 0]
    first = run(mesh, salesforce)
    assert counts(first) == [12, 6, 0, 2]
    assert [row["line"] for row in first["refused_rows"]] == [6, 14]
    assert run(mesh, salesforce)["created"] == 0
    leads = all_leads()
    assert len(leads) == before + 3912
    assert all(lead["owner_id"] for lead in leads)
    owners = collections.Counter(
        lead["owner_id"] for lead in leads if not lead["duplicate_of"])
    assert len(owners) == 3 and max(owners.values()) - min(owners.values()) <= 1
