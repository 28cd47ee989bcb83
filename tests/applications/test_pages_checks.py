"""The findings of many cases by code, all of one case, the panel; what is kept to filter by follows what happens."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.conftest import TODAY
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain import checking, papers
from gongkai.applications.models import Checked, Flag, PaperKind
from gongkai.applications.panels import panels_for
from gongkai.applications.queries.checks import flagged, tally
from gongkai.units.queries import tree

pytestmark = pytest.mark.django_db
D = date.fromisoformat


@pytest.fixture
def made(receive, enter):
    """Two cases: one unfinished and late, without proof of its receipt; one answered without a number."""
    late = receive(D("2024-02-05"))
    said = {"outcome": "A2", "mode": "posted", "mail": "1234567890123"}
    return late, enter(receive(D("2024-05-06")), "answer", D("2024-05-20"), **said)


def rules_of(application):
    return set(Flag.objects.filter(application=application).values_list("rule", flat=True))


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_run_looks_at_what_changed_and_at_what_is_unfinished_once_a_day(made, enter, staff):
    late, answered = made
    assert checking.refresh(day=TODAY) == 2
    assert (rules_of(late), rules_of(answered)) == ({"F1a", "F3a"}, {"F1a", "F7a"})
    assert checking.refresh(day=TODAY) == 0
    enter(answered, "delivered", D("2024-05-24"), by="本人")
    assert checking.refresh(day=TODAY) == 1
    assert checking.refresh(day=TODAY + timedelta(days=1)) == 1
    assert Checked.objects.get(application=late).day == TODAY + timedelta(days=1)


def test_a_fault_that_was_mended_is_no_longer_kept(made, staff, enter):
    late, _ = made
    checking.refresh(day=TODAY)
    facts = {"kind": PaperKind.FORM, "data": b"form", "name": "form.txt", "user": staff.handler}
    papers.add(application=late, today=TODAY, **facts)
    checking.refresh(day=TODAY + timedelta(days=1))
    assert rules_of(late) == {"F3a"}


def test_lots_are_looked_at_one_by_one(made, monkeypatch):
    monkeypatch.setattr(checking, "LOT", 1)
    assert checking.refresh(day=TODAY) == 2
    assert Checked.objects.count() == 2


def test_cases_are_found_by_code_severity_and_unit_of_the_person_alone(made, staff, stranger, other_bureau):
    late, answered = made
    checking.refresh(day=TODAY)
    scope, known = scope_of(staff.auditor, TODAY), tree.as_of(TODAY)
    assert set(flagged(scope, known)) == {late, answered}
    assert set(flagged(scope, known, code="F3")) == {late}
    assert set(flagged(scope, known, severity="error")) == {answered}
    assert set(flagged(scope, known, unit=other_bureau.pk)) == set()
    assert tally(scope) == {"F1": 2, "F3": 1, "F7": 1}
    assert set(flagged(scope_of(stranger, TODAY), known)) == set()
    assert tally(scope_of(staff.supervisor, TODAY)) == {}


def test_the_list_shows_what_is_found_at_this_moment(client, made, staff):
    late, answered = made
    checking.refresh(day=TODAY)
    client.force_login(staff.handler)
    address = reverse("applications:checks")
    page = words_of(client.get(address))
    for words in (late.number, answered.number, "F1（2 件）", "没有登记文号", "收到日期没有凭证"):
        assert words in page
    narrowed = words_of(client.get(address, {"code": "F7", "severity": "error"}))
    assert (answered.number in narrowed, late.number in narrowed) == (True, False)
    assert "没有符合条件" in words_of(client.get(address, {"code": "F13"}))
    assert late.number in words_of(client.get(address, {"code": "nonsense", "unit": "x", "severity": "?"}))
    client.force_login(staff.supervisor)
    assert client.get(address).status_code == 404


def test_the_list_takes_no_more_queries_for_more_rows(client, receive, staff):
    client.force_login(staff.handler)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            receive(D("2024-02-05"))
        checking.refresh(day=TODAY)
        client.get(reverse("applications:checks"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("applications:checks")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_case_is_explained_on_its_page(client, made, staff):
    late, _ = made
    client.force_login(staff.handler)
    address = reverse("applications:case-checks", args=[late.pk])
    assert "登记说明" in words_of(client.get(address))
    explain = reverse("applications:explain", args=[late.pk])
    assert "没有填写说明" in words_of(client.post(explain, {"note": " "}, follow=True))
    assert "已有他人办理" in words_of(client.post(explain, {"note": "甲", "seen": "99"}, follow=True))
    done = words_of(client.post(explain, {"note": "原件在档案室", "seen": str(late.version)}, follow=True))
    assert "已登记说明：F1a" in done
    assert "已说明" in done
    assert "登记说明" not in words_of(client.get(address))
    client.force_login(staff.auditor)
    assert "没有机构" in words_of(client.post(explain, {"note": "甲"}, follow=True))


def test_the_page_of_a_case_shows_its_findings(made, staff, receive):
    late, _ = made
    scope = scope_of(staff.handler, TODAY)
    panel = next(one for one in panels_for(late, scope, TODAY) if one.title == "案卷核对")
    assert [one.rule for one in panel.context["findings"]] == ["F1a", "F3a"]
    assert "案卷核对" not in [one.title for one in panels_for(late, scope, D("2024-02-04"))]
