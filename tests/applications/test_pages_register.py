"""The register, its export and the board: what is found, by whom, with how many queries."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.applications.domain import allocating
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Request
from gongkai.applications.models import ApplicantKind, Application, IdentityProof, Medium, Stage
from gongkai.applications.queries.urgency import SECTIONS
from gongkai.indexing import building
from gongkai.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leaf")]
LIST, BOARD = "applications:list", "applications:board"
COMPANY = Identity(name="海岚建设有限公司", proof=IdentityProof.CREDIT_CODE, proof_number="91350599MA1234567X")


def numbers(response):
    return [line.application.number[-5:] for line in response.context["lines"]]


@pytest.fixture
def four(receive, enter, staff):
    """One late, one due today, one answered in time last year, one waiting for confirmation."""
    late = receive(date(2024, 4, 29))
    allocating.claim(application=late, user=staff.handler, today=date(2024, 6, 3))
    receive(
        date(2024, 5, 7), applicant_kind=ApplicantKind.COMMERCIAL, applicants=[COMPANY], request=Request(title="批复")
    )
    enter(receive(date(2023, 5, 4), Medium.REGISTERED_POST), "answer", date(2023, 5, 9), outcome="A1")
    receive(date(2024, 6, 3), Medium.WEB_FORM)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["00003", "00002", "00001", "00001"]),
        ({"is_pending": "on"}, ["00003", "00002", "00001"]),
        ({"is_late": "on"}, ["00001"]),
        ({"stage": Stage.UNCONFIRMED}, ["00003"]),
        ({"outcome": "A1"}, ["00001"]),
        ({"applicant_kind": ApplicantKind.COMMERCIAL}, ["00002"]),
        ({"medium": Medium.WEB_FORM}, ["00003"]),
        ({"year": "2023"}, ["00001"]),
        ({"handler": "mine"}, ["00001"]),
        ({"handler": "nobody", "is_pending": "on"}, ["00003", "00002"]),
        ({"due": "late"}, ["00001"]),
        ({"due": "today"}, ["00002"]),
        ({"due": "unconfirmed"}, ["00003"]),
        ({"due": "nonsense", "year": "2023"}, ["00001"]),
        ({"text": "hl-012-2024-00002"}, ["00002"]),
        ({"text": "张 晓岚", "year": "2024"}, ["00003", "00001"]),
        ({"text": "91350599ma1234567x"}, ["00002"]),
        ({"text": "张晓"}, []),
    ],
)
def test_the_filters_narrow_the_register(signed_on, staff, four, query, found):
    building.rebuild()
    assert numbers(signed_on(staff.handler).get(reverse(LIST), query)) == found


def test_a_unit_means_it_and_everything_below_it(signed_on, city, bureau, four):
    station = unit("HL-0121", "水利局质监站", bureau)
    chief = person("zhou", city, Role.OFFICE_HEAD, with_subtree=True)
    client = signed_on(chief)
    assert len(numbers(client.get(reverse(LIST), {"unit": bureau.pk}))) == 4
    assert numbers(client.get(reverse(LIST), {"unit": station.pk})) == []


def test_names_are_masked_everywhere(signed_on, staff, four):
    client = signed_on(staff.auditor)
    for address in (LIST, BOARD):
        words = client.get(reverse(address)).content.decode()
        assert "张晓岚" not in words
    assert "张**" in client.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("who", ["supervisor", "administrator"])
@pytest.mark.parametrize("address", [LIST, BOARD, "applications:confirming", "applications:changes"])
def test_who_reads_no_cases_finds_no_page(signed_on, staff, bureau, four, who, address):
    staff.administrator = person("admin", bureau, Role.ADMINISTRATOR)
    assert signed_on(getattr(staff, who)).get(reverse(address)).status_code == 404


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", [LIST, BOARD])
def test_the_number_of_queries_does_not_grow_with_the_list(signed_on, staff, receive, address):
    client = signed_on(staff.handler)
    receive()
    one = queries_of(client, reverse(address))
    receive(applicants=[COMPANY])
    receive(medium=Medium.WEB_FORM)
    assert queries_of(client, reverse(address)) == one <= 8


def export(client, form, query=""):
    return client.post(f"{reverse('applications:export')}{query}", {"format": form})


def test_the_export_holds_the_filtered_list_masked_and_leaves_an_entry(signed_on, staff, four):
    answer = export(signed_on(staff.handler), "csv", "?text=张晓岚&is_pending=on")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["受理编号"][-5:] for row in rows] == ["00003", "00001"]
    assert {row["申请人（隐去）"] for row in rows} == {"张**"}
    assert [row["是否逾期"] for row in rows] == ["否", "是"]
    entry = Entry.objects.filter(act="applications.exported").get()
    assert entry.detail == {"rows": 2, "form": "csv", "filters": {"text": True, "is_pending": True}}


def test_the_export_writes_no_formula(signed_on, staff, receive):
    receive(request=Request(title="=HYPERLINK(1)"))
    sheet = load_workbook(io.BytesIO(export(signed_on(staff.handler), "xlsx").content)).active
    assert sheet["H2"].value == "'=HYPERLINK(1)"


def test_an_unknown_form_is_refused_and_nothing_recorded(signed_on, staff, four):
    answer = export(signed_on(staff.handler), "pdf")
    assert answer.status_code == 302
    assert not Entry.objects.filter(act="applications.exported").exists()


def sections(response):
    return {column.section.key: column.count for column in response.context["board"].columns if column.count}


def test_the_board_has_every_unfinished_application_in_one_section(signed_on, staff, four):
    answer = signed_on(staff.handler).get(reverse(BOARD))
    assert sections(answer) == {"late": 1, "today": 1, "unconfirmed": 1}
    assert sections(signed_on(staff.handler).get(reverse(BOARD), {"handler": "mine"})) == {"late": 1}


@pytest.mark.parametrize(
    ("day", "section"),
    [
        (date(2024, 5, 7), "later"),
        (date(2024, 5, 23), "near"),
        (date(2024, 5, 29), "soon"),
        (date(2024, 6, 3), "today"),
        (date(2024, 6, 4), "late"),
    ],
)
def test_an_application_moves_over_the_board_by_working_days(signed_on, staff, receive, leaf, day, section):
    receive(date(2024, 5, 7), today=date(2024, 5, 7))
    leaf.today = day
    assert sections(signed_on(staff.handler).get(reverse(BOARD))) == {section: 1}


def test_a_suspended_case_waits_for_opinions_until_its_latest_day_is_near(signed_on, staff, receive, enter, leaf):
    case = enter(receive(date(2024, 5, 6)), "third_party_sent", date(2024, 5, 7), party="第三方1")
    client = signed_on(staff.handler)
    assert sections(client.get(reverse(BOARD))) == {"opinion": 1}
    enter(case, "third_party_received", date(2024, 5, 8), party="第三方1")
    latest = Application.objects.get().due_on
    leaf.today = latest
    assert sections(client.get(reverse(BOARD))) == {"today": 1}


def test_the_board_and_the_register_agree_on_every_section(signed_on, staff, receive, enter, four):
    for offset in range(16):
        receive(date(2024, 5, 4 + offset))
    enter(receive(date(2024, 5, 6)), "correction_notice", date(2024, 5, 8), period_days=5)
    enter(receive(date(2024, 5, 6)), "correction_notice", date(2024, 5, 8), period_days=60)
    enter(receive(date(2024, 5, 13)), "fee_notice", date(2024, 6, 3), amount=100)
    sent = enter(receive(date(2024, 5, 6)), "third_party_sent", date(2024, 5, 8), party="第三方1")
    enter(sent, "third_party_received", date(2024, 5, 20), party="第三方1")
    client = signed_on(staff.handler)
    columns = client.get(reverse(BOARD)).context["board"].columns
    listed = {one.key: len(numbers(client.get(reverse(LIST), {"due": one.key}))) for one in SECTIONS}
    assert {column.section.key: column.count for column in columns} == listed
    assert all(listed.values())


def test_the_board_of_a_city_has_a_line_for_each_unit(signed_on, city, four):
    chief = person("zhou", city, Role.OFFICE_HEAD, with_subtree=True)
    rows = signed_on(chief).get(reverse(BOARD), {"by": "unit"}).context["rows"]
    assert [(row.total, len(row.counts)) for row in rows] == [(3, len(SECTIONS))]


def test_a_broken_index_is_said_and_a_number_is_found_without_it(signed_on, staff, four):
    client = signed_on(staff.handler)
    broken = client.get(reverse(LIST), {"text": "没有人叫这个"})
    assert broken.status_code == 503
    assert "这不表示没有符合条件的申请" in broken.content.decode()
    assert numbers(client.get(reverse(LIST), {"text": "HL-012-2024-00002"})) == ["00002"]
