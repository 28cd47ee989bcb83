"""Counts by attribute and kind, and the count lines of what may never be here."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.journal.models import Entry
from gongkai.records.models import Attribute, Category, Clause, SecretCount
from gongkai.records.queries.counts import counts

pytestmark = pytest.mark.django_db


def lines(found):
    return {line.label: (line.in_year, line.cumulative) for line in found if line.cumulative}


def test_reviewed_records_are_counted_for_the_year_and_altogether(write, published, take_through, bureau, staff):
    published(document_number="甲1")
    published(document_number="甲2", made_on=date(2023, 1, 5), category=Category.NOTICE, is_full_text=False)
    take_through(write(document_number="甲4", attribute=Attribute.ON_REQUEST, reason="按申请", is_formal=False))
    withheld = {"attribute": Attribute.WITHHELD, "clause": Clause.PROCESS, "reason": "过程性"}
    take_through(write(document_number="甲5", reassess_on=date(2030, 1, 1), **withheld))
    write(document_number="甲6")
    SecretCount.objects.create(unit=bureau, year=2023, count=2, responsible=staff.author)
    SecretCount.objects.create(unit=bureau, year=2024, count=3, responsible=staff.author)
    SecretCount.objects.create(unit=bureau, year=2025, count=9, responsible=staff.author)
    found = counts([bureau.pk], 2024)
    assert lines(found.attributes) == {"主动公开": (1, 2), "依申请公开": (1, 1), "不予公开": (1, 1)}
    assert lines(found.categories) == {"行政规范性文件": (3, 3), "通知公告": (0, 1)}
    assert lines(found.forms) == {"正式公文": (2, 3), "非正式公文": (1, 1)}
    assert (found.total.in_year, found.total.cumulative) == (3, 4)
    assert (found.secret.in_year, found.secret.cumulative) == (3, 5)
    assert (found.full_text_share, found.full_text_share_cumulative) == (100.0, 50.0)


def test_nothing_has_no_share(bureau):
    assert (counts([bureau.pk], 2024).full_text_share, counts([], 2024).total.cumulative) == (None, 0)


def test_the_page_counts_only_what_the_person_may_read(signed_on, staff, stranger, published):
    published()
    address = reverse("records:counts")
    assert signed_on(staff.author).get(address, {"year": 2024}).context["counts"].total.in_year == 1
    assert signed_on(stranger).get(address, {"year": 2024}).context["counts"].total.in_year == 0


def test_the_page_counts_one_unit_in_eight_queries_at_most(
    signed_on, staff, published, bureau, django_assert_num_queries
):
    published()
    client = signed_on(staff.author)
    client.get(reverse("records:counts"))
    with django_assert_num_queries(7):
        page = client.get(reverse("records:counts"), {"unit": bureau.pk, "year": 2024})
    assert page.context["counts"].total.in_year == 1


@pytest.fixture
def line(bureau, staff):
    return {"unit": bureau.pk, "year": 2024, "count": 3, "responsible": staff.secrecy.officer.pk}


def test_a_count_is_entered_and_corrected_with_its_trace(signed_on, staff, line):
    client = signed_on(staff.author)
    client.post(reverse("records:secret-counts"), line)
    client.post(reverse("records:secret-counts"), line | {"count": 4})
    entry = SecretCount.objects.get()
    assert (entry.count, entry.responsible) == (4, staff.secrecy)
    details = [one.detail for one in Entry.objects.filter(act="records.secrets_counted").order_by("sequence")]
    assert [(detail["before"], detail["count"]) for detail in details] == [(None, 3), (3, 4)]


def test_nothing_but_the_count_can_be_entered(signed_on, staff, line):
    client = signed_on(staff.author)
    form = client.get(reverse("records:secret-counts")).context["form"]
    assert list(form.fields) == ["unit", "year", "count", "responsible"]
    client.post(reverse("records:secret-counts"), line | {"title": "某工程方案", "note": "内容"})
    assert [field.name for field in SecretCount._meta.get_fields()] == ["id", "unit", "year", "count", "responsible"]
    assert "某工程方案" not in client.get(reverse("records:secret-counts")).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"year": 2007}, "year"),
        ({"year": 2999}, "year"),
        ({"count": -1}, "count"),
        ({"responsible": ""}, "responsible"),
    ],
)
def test_an_impossible_line_comes_back(signed_on, staff, line, change, field):
    response = signed_on(staff.author).post(reverse("records:secret-counts"), line | change)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {field})
    assert SecretCount.objects.count() == 0


def test_somebody_of_another_unit_cannot_answer_for_it(signed_on, staff, line, stranger):
    response = signed_on(staff.author).post(
        reverse("records:secret-counts"), line | {"responsible": stranger.officer.pk}
    )
    assert (set(response.context["form"].errors), SecretCount.objects.count()) == ({"responsible"}, 0)


@pytest.mark.parametrize("who", ["auditor", "administrator", "stranger"])
def test_who_does_not_work_at_the_unit_enters_nothing(signed_on, request, who, line):
    client = signed_on(request.getfixturevalue(who))
    client.post(reverse("records:secret-counts"), line)
    assert SecretCount.objects.count() == 0


def test_the_counts_of_other_units_are_not_shown(signed_on, staff, stranger, line):
    signed_on(staff.author).post(reverse("records:secret-counts"), line)
    page = signed_on(stranger).get(reverse("records:secret-counts"))
    assert list(page.context["page"]) == []
