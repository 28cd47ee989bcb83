"""Frozen with what stands behind it, published once, corrected by a new version."""

import subprocess
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import models

from gongkai.accounts.models import Role
from gongkai.annual import jsonio
from gongkai.applications.models import Application
from gongkai.files.domain import shelf, store
from gongkai.journal.models import Entry
from gongkai.reporting.domain import filling, freezing, keeping, passing, summing
from gongkai.reporting.errors import (
    BlockedError,
    ChangedCasesError,
    ChangedMeanwhileError,
    MissingGlyphsError,
    MissingUnitsError,
    NotAuthorisedError,
    NothingToCorrectError,
    ReasonMissingError,
    SameYearError,
    StateError,
    WrongValueError,
)
from gongkai.reporting.lines import digest_of
from gongkai.reporting.models import Edition, EditionFile, FrozenReportError, Origin, Scope, State, Submission
from gongkai.reporting.queries.after_freeze import changes, corrected_parts
from gongkai.reporting.queries.coming_out import days_late
from gongkai.reporting.queries.report import report_of

from .conftest import TODAY, accepted, answered, report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""


@pytest.fixture
def head(city):
    return city.people["finance", Role.OFFICE_HEAD]


@pytest.fixture
def received(campaign, city):
    """The report of the finance office, received by the city."""
    return accepted(city, report(campaign, city.finance))


@pytest.fixture
def frozen(received, head):
    return freezing.freeze(submission=received, user=head, today=TODAY)


@pytest.fixture
def published(frozen, head):
    return freezing.publish(edition=frozen, user=head, today=TODAY)


def again(submission):
    return Submission.objects.select_related("unit", "campaign").get(pk=submission.pk)


def corrected(city, published, text="更正了一处文字。", today=TODAY):
    """Open the published report, change a sentence, and bring it back to the desk of the superior."""
    head = city.people["finance", Role.OFFICE_HEAD]
    opened = freezing.correct(
        submission=again(published.submission), user=head, today=today, notice="第五部分有误，现予更正。"
    )
    filling.write(submission=opened, texts={6: text}, user=city.people["finance", Role.HANDLER], today=today)
    return accepted(city, again(opened), today)


def test_a_frozen_report_keeps_what_it_says_and_what_stands_behind_it(frozen, asked, received):
    edition = Edition.objects.get(pk=frozen.pk)
    assert jsonio.loads(edition.report) == report_of(again(received))
    assert edition.digest == digest_of(edition.report)
    assert (edition.slug, edition.year, edition.version, edition.origin) == ("a2", 2024, 1, Origin.COMPILED)
    cell = edition.behind["requests.partial.commercial"]
    assert (cell["count"], cell["ids"]) == (1, [asked.finance.pk])
    assert cell["digest"] == digest_of(str(asked.finance.pk))
    assert edition.behind["requests.received.natural_person"] == {"count": 0}
    assert edition.behind["proactive.permits.decisions"] == {"count": 0}
    assert again(received).state == State.FROZEN
    assert Entry.objects.filter(act="reporting.frozen", detail__digest=edition.digest).count() == 1


def test_the_files_are_the_report(frozen):
    files = {one.format: store.read(one.blob) for one in frozen.files.select_related("blob")}
    assert set(files) == {"html", "docx", "pdf", "json"}
    assert jsonio.loads(files["json"].decode()) == jsonio.loads(frozen.report)
    assert files["pdf"].startswith(b"%PDF")


def test_the_same_report_gives_the_same_bytes_in_another_process(frozen, tmp_path):
    line = tmp_path / "line.json"
    line.write_text(frozen.report, encoding="utf-8")
    program = (
        "import hashlib, pathlib, sys\n"
        "from gongkai.annual import jsonio, writer\n"
        "report = jsonio.loads(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'))\n"
        "for kind in ('html', 'docx', 'pdf', 'json'):\n"
        "    print(hashlib.sha256(writer.write(report, kind)).hexdigest())\n"
    )
    kept = {one.format: one.blob.digest for one in frozen.files.select_related("blob")}
    wanted = [kept[kind] for kind in keeping.RENDERED]
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        done = subprocess.run(
            [sys.executable, "-c", program, str(line)],
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == wanted


def test_only_a_received_report_is_frozen_and_by_whom_it_belongs_to(campaign, city, received, head):
    with pytest.raises(StateError):
        freezing.freeze(
            submission=report(campaign, city.office), user=city.people["office", Role.OFFICE_HEAD], today=TODAY
        )
    for stranger in (city.people["finance", Role.HANDLER], city.people["office", Role.OFFICE_HEAD]):
        with pytest.raises(NotAuthorisedError):
            freezing.freeze(submission=received, user=stranger, today=TODAY)
    with pytest.raises(ChangedMeanwhileError):
        freezing.freeze(submission=received, user=head, today=TODAY, seen=received.version - 1)
    assert not Edition.objects.exists()
    above = city.people["root", Role.COMPETENT]
    assert freezing.freeze(submission=received, user=above, today=TODAY, seen=received.version).frozen_by == above


def test_cases_that_changed_since_are_named_cell_by_cell(received, city, head):
    answered(city.finance, day=date(2024, 6, 3), end=date(2024, 6, 12))
    with pytest.raises(ChangedCasesError, match="由 0 变为 1") as caught:
        freezing.freeze(submission=received, user=head, today=TODAY)
    assert "甲市财政局" in str(caught.value)
    assert "本年新收" in str(caught.value)
    assert not Edition.objects.exists()
    passing.send_back(
        submission=again(received), reason="案件有变", user=city.people["root", Role.COMPETENT], today=TODAY
    )
    filling.refill(submission=again(received), user=city.people["finance", Role.HANDLER], today=TODAY, redraft=True)
    edition = freezing.freeze(submission=accepted(city, again(received)), user=head, today=TODAY)
    assert edition.behind["requests.received.total"]["count"] == 2


def test_an_audit_that_finds_something_since_blocks_the_freeze(received, head):
    sections = [[*one[:2], "" if one[0] == 5 else one[2]] for one in received.sections]
    Submission.objects.filter(pk=received.pk).update(sections=sections)
    with pytest.raises(BlockedError):
        freezing.freeze(submission=received, user=head, today=TODAY)


def test_characters_that_no_font_has_are_named_before_anything_is_kept(received, head):
    sections = [[*one[:2], f"{one[2]}\U0002f800" if one[0] == 1 else one[2]] for one in received.sections]
    Submission.objects.filter(pk=received.pk).update(sections=sections)
    with pytest.raises(MissingGlyphsError, match="\U0002f800"):
        freezing.freeze(submission=received, user=head, today=TODAY)
    assert not EditionFile.objects.exists()


def test_a_frozen_report_cannot_be_changed_or_deleted(frozen):
    frozen.report = "{}"
    for act in (
        frozen.save,
        frozen.delete,
        Edition.objects.all().delete,
        lambda: Edition.objects.update(report="{}"),
        lambda: Edition.objects.filter(pk=frozen.pk).update(published_on=TODAY),
        EditionFile.objects.all().delete,
        EditionFile.objects.first().save,
    ):
        with pytest.raises(FrozenReportError):
            act()
    assert Edition.objects.get(pk=frozen.pk).report != "{}"


def test_the_files_of_a_report_come_out_with_it(frozen, head, django_capture_on_commit_callbacks):
    def lie():
        return {shelf.place_of(one.blob.digest).exists() for one in frozen.files.select_related("blob")}

    assert lie() == {False}
    with django_capture_on_commit_callbacks(execute=True):
        freezing.publish(edition=frozen, user=head, today=TODAY)
    assert lie() == {True}


def test_a_report_is_published_once(frozen, head):
    assert freezing.publish(edition=frozen, user=head, today=TODAY).published_on == TODAY
    assert again(frozen.submission).state == State.PUBLISHED
    with pytest.raises(StateError):
        freezing.publish(edition=frozen, user=head, today=TODAY)
    with pytest.raises(FrozenReportError):
        Edition.objects.get(pk=frozen.pk).enter_publication(date(2025, 2, 1))
    assert Edition.objects.get(pk=frozen.pk).published_on == TODAY


def test_whoever_fills_in_a_report_does_not_publish_it(frozen, city):
    with pytest.raises(NotAuthorisedError):
        freezing.publish(edition=frozen, user=city.people["finance", Role.HANDLER], today=TODAY)
    assert Edition.objects.get(pk=frozen.pk).published_on is None


@pytest.mark.parametrize(("day", "late"), [(date(2025, 1, 31), 0), (date(2025, 2, 3), 3)])
def test_a_report_that_comes_out_late_says_so(frozen, head, day, late):
    edition = freezing.publish(edition=frozen, user=head, today=day)
    assert days_late(edition, day) == late
    entry = Entry.objects.get(act="reporting.published")
    assert (entry.detail["due"], entry.detail["days_late"]) == ("2025-01-31", late)
    assert entry.article == "条例 第四十九条"


def test_figures_that_changed_after_the_freeze_are_never_published_under_the_old_ones(frozen, head):
    sections = [[*one[:2], f"{one[2]}。" if one[0] == 5 else one[2]] for one in frozen.submission.sections]
    Submission.objects.filter(pk=frozen.submission_id).update(sections=sections)
    with pytest.raises(StateError, match="定稿之后又有改动"):
        freezing.publish(edition=frozen, user=head, today=TODAY)


def test_a_row_that_was_tampered_with_is_not_published(frozen, head):
    models.QuerySet(Edition).filter(pk=frozen.pk).update(report=frozen.report.replace("2024", "2023", 1))
    with pytest.raises(StateError, match="摘要不符"):
        freezing.publish(edition=frozen, user=head, today=TODAY)


def test_a_correction_is_a_new_version_and_the_old_one_stays(published, city, head):
    ready = corrected(city, published)
    second = freezing.freeze(submission=ready, user=head, today=date(2025, 2, 20))
    assert (second.version, second.replaces_id, second.notice) == (2, published.pk, "第五部分有误，现予更正。")
    assert Edition.objects.get(pk=published.pk).published_on == TODAY
    with pytest.raises(StateError):
        freezing.publish(edition=published, user=head, today=date(2025, 2, 20))
    freezing.publish(edition=second, user=head, today=date(2025, 2, 20))
    assert days_late(second, date(2025, 2, 20)) == 0
    first = Edition.objects.get(pk=published.pk)
    assert first.replaced_by == second
    assert first.report == published.report


def test_a_correction_without_its_reason_or_of_what_is_not_published_is_refused(published, city, head):
    with pytest.raises(ReasonMissingError):
        freezing.correct(submission=published.submission, user=head, today=TODAY, notice=" ")
    with pytest.raises(WrongValueError):
        freezing.correct(submission=published.submission, user=head, today=TODAY, notice="甲" * 501)
    with pytest.raises(NotAuthorisedError):
        freezing.correct(
            submission=published.submission, user=city.people["office", Role.OFFICE_HEAD], today=TODAY, notice="甲"
        )
    freezing.correct(submission=published.submission, user=head, today=TODAY, notice="甲")
    with pytest.raises(StateError):
        freezing.correct(submission=published.submission, user=head, today=TODAY, notice="甲")


def test_a_correction_that_changes_nothing_is_refused_and_can_be_given_up(published, city, head):
    opened = freezing.correct(submission=published.submission, user=head, today=TODAY, notice="甲")
    ready = accepted(city, opened)
    with pytest.raises(NothingToCorrectError):
        freezing.freeze(submission=ready, user=head, today=TODAY)
    assert Edition.objects.count() == 1
    done = freezing.abandon(submission=ready, user=head, today=TODAY)
    assert (done.state, done.notice) == (State.PUBLISHED, "")


def test_a_correction_that_changed_something_is_not_given_up(published, city, head):
    ready = corrected(city, published)
    with pytest.raises(StateError):
        freezing.abandon(submission=ready, user=head, today=TODAY)


def test_a_report_sent_back_before_it_came_out_is_frozen_again(frozen, city, head):
    above = city.people["root", Role.COMPETENT]
    passing.send_back(submission=again(frozen.submission), reason="再核", user=above, today=TODAY)
    same = freezing.freeze(submission=accepted(city, again(frozen.submission)), user=head, today=TODAY)
    assert same == frozen
    passing.send_back(submission=again(frozen.submission), reason="再核", user=above, today=TODAY)
    handler = city.people["finance", Role.HANDLER]
    filling.write(submission=again(frozen.submission), texts={6: "另有说明。"}, user=handler, today=TODAY)
    second = freezing.freeze(submission=accepted(city, again(frozen.submission)), user=head, today=TODAY)
    assert (second.version, second.replaces, second.notice) == (2, frozen, freezing.SENT_BACK)
    with pytest.raises(StateError):
        freezing.publish(edition=frozen, user=head, today=TODAY)
    assert freezing.publish(edition=second, user=head, today=TODAY).version == 2


def test_what_changed_after_the_freeze_is_shown_and_changes_nothing(published, city, asked):
    assert changes(published) == ()
    made = answered(city.finance, day=date(2024, 6, 3), end=date(2024, 6, 12))
    found = {one.key: one for one in changes(published)}
    cell = found["requests.received.natural_person"]
    assert (cell.old, cell.new, cell.entered, cell.struck) == (0, 1, (made.pk,), ())
    assert "本年新收" in cell.caption
    before = datetime(2024, 12, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert all(one.new == 0 for one in changes(published, now=before))
    assert Edition.objects.get(pk=published.pk).report == published.report


def test_a_case_that_took_the_place_of_another_is_noticed(published, asked, city):
    other = answered(city.finance, kind=asked.finance.applicant_kind, outcome="P")
    Application.objects.filter(pk=asked.finance.pk).update(unit=city.office)
    found = {one.key: one for one in changes(published)}
    cell = found["requests.partial.commercial"]
    assert (cell.old, cell.new, cell.entered, cell.struck) == (1, 1, (other.pk,), (asked.finance.pk,))


def test_a_year_that_was_imported_is_not_compiled_as_well(received, head, frozen_line):
    Edition.objects.create(
        unit=received.unit,
        body="甲市财政局",
        slug="a2",
        year=2024,
        origin=Origin.IMPORTED,
        report=frozen_line,
        digest=digest_of(frozen_line),
        frozen_at=datetime(2025, 1, 2, tzinfo=ZoneInfo("Asia/Shanghai")),
    )
    with pytest.raises(SameYearError):
        freezing.freeze(submission=received, user=head, today=TODAY)


@pytest.fixture
def frozen_line(received):
    return '{"edition": "2021", "cells": {}}'


@pytest.fixture
def whole(campaign, city):
    """The whole of the district, received by the city."""
    for place in (city.district, city.bureau, city.town):
        accepted(city, report(campaign, place))
    summing.sum_up(
        submission=report(campaign, city.district, Scope.WHOLE),
        user=city.people["district", Role.HANDLER],
        today=TODAY,
    )
    return accepted(city, report(campaign, city.district, Scope.WHOLE))


def test_a_whole_keeps_the_cases_of_all_its_units(whole, city, asked):
    edition = freezing.freeze(submission=whole, user=city.people["district", Role.OFFICE_HEAD], today=TODAY)
    assert edition.behind["requests.received.total"]["ids"] == sorted([asked.bureau.pk, asked.open.pk])
    assert edition.slug == "b"
    assert changes(edition) == ()
    made = answered(city.town)
    found = {one.key: one for one in changes(edition)}
    assert found["requests.received.total"].entered == (made.pk,)


def test_the_own_level_of_a_government_has_an_address_of_its_own(whole, campaign, city):
    user = city.people["district", Role.OFFICE_HEAD]
    own = freezing.freeze(submission=report(campaign, city.district), user=user, today=TODAY)
    assert (own.slug, own.body) == ("b-own", "乙区人民政府（本级）")
    assert freezing.freeze(submission=whole, user=user, today=TODAY).slug == "b"


def test_a_whole_whose_parts_changed_is_not_frozen(whole, city):
    answered(city.bureau, day=date(2024, 6, 3), end=date(2024, 6, 12))
    user = city.people["district", Role.OFFICE_HEAD]
    with pytest.raises(ChangedCasesError, match="乙区教育局"):
        freezing.freeze(submission=whole, user=user, today=TODAY)


def test_a_whole_keeps_to_what_its_frozen_parts_said(whole, campaign, city):
    part = report(campaign, city.bureau)
    freezing.freeze(submission=part, user=city.people["bureau", Role.OFFICE_HEAD], today=TODAY)
    answered(city.bureau, day=date(2024, 6, 3), end=date(2024, 6, 12))
    edition = freezing.freeze(submission=whole, user=city.people["district", Role.OFFICE_HEAD], today=TODAY)
    assert jsonio.loads(edition.report).value("requests.received.total") == 2


def test_a_whole_that_is_no_longer_the_sum_is_not_frozen(whole, city):
    Submission.objects.filter(pk=whole.pk).update(computed=whole.computed | {"requests.received.total": 9})
    with pytest.raises(ChangedCasesError, match="由 9 变为 2"):
        freezing.freeze(submission=again(whole), user=city.people["district", Role.OFFICE_HEAD], today=TODAY)


def test_a_whole_with_a_part_that_was_sent_back_is_not_frozen(whole, campaign, city):
    above = city.people["district", Role.COMPETENT]
    passing.send_back(submission=report(campaign, city.town), reason="有误", user=above, today=TODAY)
    with pytest.raises(MissingUnitsError, match="丙镇人民政府") as caught:
        freezing.freeze(submission=whole, user=city.people["district", Role.OFFICE_HEAD], today=TODAY)
    assert caught.value.units == ("丙镇人民政府",)


def test_corrections_of_parts_after_the_freeze_of_the_whole_are_named(whole, campaign, city):
    head = city.people["bureau", Role.OFFICE_HEAD]
    part = freezing.freeze(submission=report(campaign, city.bureau), user=head, today=TODAY)
    freezing.publish(edition=part, user=head, today=TODAY)
    edition = freezing.freeze(submission=whole, user=city.people["district", Role.OFFICE_HEAD], today=TODAY)
    assert corrected_parts(edition) == []
    opened = freezing.correct(submission=again(part.submission), user=head, today=TODAY, notice="更正。")
    handler = city.people["bureau", Role.HANDLER]
    filling.write(submission=opened, texts={6: "另有说明。"}, user=handler, today=TODAY)
    second = freezing.freeze(submission=accepted(city, again(opened)), user=head, today=TODAY)
    assert corrected_parts(edition) == []
    freezing.publish(edition=second, user=head, today=TODAY)
    assert corrected_parts(edition) == [second]
    assert corrected_parts(second) == []
