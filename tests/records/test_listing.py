"""The list of the register: what is found, by whom, with how many queries."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.queries.scope import scope_of
from gongkai.indexing import building
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.models import Attribute, Category, Clause, Stage, Validity
from gongkai.records.queries.register import Wanted, listed
from gongkai.units.domain import structure
from gongkai.units.queries import tree

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


def titles(response):
    return [record.title for record in response.context["page"]]


@pytest.fixture
def three(write, published):
    """A published document, a withheld draft and a late draft."""
    published(title="甲办法", document_number="岚水〔2024〕1号", made_on=date(2024, 5, 20))
    write(
        title="乙纪要",
        document_number="",
        category=Category.DOCUMENT,
        attribute=Attribute.WITHHELD,
        clause=Clause.PROCESS,
        reason="过程性信息",
        reassess_on=date(2030, 1, 1),
        made_on=date(2024, 5, 19),
    )
    write(title="丙公告", document_number="", category=Category.NOTICE, made_on=date(2023, 5, 18))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["甲办法", "乙纪要", "丙公告"]),
        ({"stage": Stage.PUBLISHED}, ["甲办法"]),
        ({"attribute": Attribute.WITHHELD}, ["乙纪要"]),
        ({"category": Category.NOTICE}, ["丙公告"]),
        ({"validity": Validity.REPEALED}, []),
        ({"year": "2024"}, ["甲办法", "乙纪要"]),
        ({"is_late": "on"}, ["丙公告"]),
        ({"stage": Stage.DRAFT, "year": "2024"}, ["乙纪要"]),
        ({"stage": "nonsense", "year": "2024"}, ["甲办法", "乙纪要"]),
    ],
)
def test_the_filters_narrow_the_list(signed_on, staff, three, query, found):
    assert titles(signed_on(staff.author).get(reverse("records:list"), query)) == found


def test_a_unit_means_it_and_everything_below_it(signed_on, staff, three, bureau, other_bureau):
    client = signed_on(staff.author)
    assert len(titles(client.get(reverse("records:list"), {"unit": bureau.pk}))) == 3
    response = client.get(reverse("records:list"), {"unit": other_bureau.pk})
    assert response.context["form"].errors.keys() == {"unit"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("各镇街", ["甲办法", "乙纪要", "丙公告"]), ("乙纪要", ["乙纪要"]), ("岚水[2024]1号", ["甲办法"]), ("教育", [])],
)
def test_text_is_searched_through_the_index(signed_on, staff, three, text, found):
    building.rebuild()
    assert titles(signed_on(staff.author).get(reverse("records:list"), {"text": text})) == found


def test_text_and_filters_go_together(signed_on, staff, three):
    building.rebuild()
    response = signed_on(staff.author).get(reverse("records:list"), {"text": "各镇街", "category": Category.NOTICE})
    assert titles(response) == ["丙公告"]


def test_an_index_that_fails_is_never_an_empty_list(signed_on, staff, three, settings):
    building.rebuild()
    broken = settings.HOME / "index" / "office" / "broken"
    broken.mkdir()
    (broken / "meta.json").write_text("not an index")
    (settings.HOME / "index" / "office" / "current").write_text("broken")
    response = signed_on(staff.author).get(reverse("records:list"), {"text": "各镇街"})
    page = response.content.decode()
    assert (response.status_code, "全文检索暂不可用" in page, "empty-title" in page) == (503, True, False)


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_who_does_not_read_the_unit_s_papers_finds_none(signed_on, three, request, who):
    building.rebuild()
    client = signed_on(request.getfixturevalue(who))
    assert titles(client.get(reverse("records:list"))) == []
    assert titles(client.get(reverse("records:list"), {"text": "各镇街"})) == []


def test_after_a_reform_the_heir_finds_the_papers_though_nothing_was_indexed_anew(
    signed_on, staff, three, bureau, stranger, other_bureau
):
    """Permission fields name units, and whose papers a unit keeps is asked of the tree of the day."""
    building.rebuild()
    find = {"text": "各镇街"}
    assert titles(signed_on(stranger).get(reverse("records:list"), find)) == []
    structure.abolish(unit=bureau, day=TODAY, document="岚政〔2024〕9号", actor=SYSTEM, successor=other_bureau)
    assert titles(signed_on(stranger).get(reverse("records:list"), find)) == ["甲办法", "乙纪要", "丙公告"]
    structure.rename(
        unit=other_bureau,
        name="海岚市教育和水利局",
        short_name="教水局",
        day=TODAY,
        document="岚政〔2024〕10号",
        actor=SYSTEM,
    )
    assert titles(signed_on(stranger).get(reverse("records:list"), find)) == ["甲办法", "乙纪要", "丙公告"]


def test_a_stale_index_shows_nobody_what_is_not_theirs(signed_on, stranger, write, other_bureau, bureau, three):
    """The index may lag behind a change of unit: the database has the last word."""
    building.rebuild()
    scope = scope_of(stranger, TODAY)
    found = listed(scope, tree.as_of(TODAY), Wanted(text="各镇街", unit=bureau.pk))
    assert list(found.records) == []


def test_the_auditor_reads_and_is_offered_nothing_to_write(signed_on, auditor, three):
    page = signed_on(auditor).get(reverse("records:list")).content.decode()
    assert ("甲办法" in page, reverse("records:new") in page) == (True, False)


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_takes_the_same_queries_however_long(signed_on, staff, write, items, django_assert_num_queries):
    for number in range(items):
        write(title=f"公告{number}", document_number="")
    client = signed_on(staff.author)
    client.get(reverse("records:list"))
    with django_assert_num_queries(7):
        client.get(reverse("records:list"))
    building.rebuild()
    with django_assert_num_queries(7):
        response = client.get(reverse("records:list"), {"text": "公告", "year": "2024", "stage": Stage.DRAFT})
    assert len(titles(response)) == items


def test_a_draft_shows_its_last_day_and_whether_it_has_passed(signed_on, staff, write):
    today = timezone.localdate()
    write(title="逾期的", document_number="", made_on=today - timedelta(days=90))
    write(title="新的", document_number="", made_on=today)
    page = signed_on(staff.author).get(reverse("records:list"))
    assert [record.deadline.urgency for record in page.context["page"]] == ["normal", "late"]


def test_a_number_leads_to_its_record_and_an_unknown_one_to_nothing(signed_on, staff, published, stranger):
    record = published()
    address = reverse("records:find")
    client = signed_on(staff.author)
    for number in (record.index_number, "岚水〔2024〕12号", "岚水[2024] 12 号"):
        assert client.get(address, {"number": number}).url == reverse("records:detail", args=[record.pk])
    for who, number in ((staff.author, "岚水〔2024〕99号"), (stranger, record.index_number)):
        page = signed_on(who).get(address, {"number": number}, follow=True)
        assert (page.redirect_chain[0][0], f"没有文号或索引号为“{number}”的信息" in page.content.decode()) == (
            reverse("records:list"),
            True,
        )
    assert client.get(address).url == reverse("records:list")
