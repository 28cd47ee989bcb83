"""Two versions beside each other."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.records.domain import draft, publication
from gongkai.records.queries.comparison import compare
from gongkai.review.domain import passage

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


def sides(rows):
    def text(pieces):
        return "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in pieces)

    return [(row.label, text(row.old), text(row.new)) for row in rows]


def test_paragraphs_are_paired_and_their_changes_marked():
    old = {"body": "<p>第一条　甲。</p><p>第二条　禁采期为四月。</p><p>第三条　废止旧规。</p>"}
    new = {"body": "<p>第一条　甲。</p><p>第二条　禁采期为五月。</p><p>附则另行公布于众，请遵照执行。</p>"}
    assert sides(compare(old, new)) == [
        ("正文", "第一条　甲。", "第一条　甲。"),
        ("正文", "第二条　禁采期为[四]月。", "第二条　禁采期为[五]月。"),
        ("正文", "[第三条　废止旧规。]", ""),
        ("正文", "", "[附则另行公布于众，请遵照执行。]"),
    ]


def test_fields_are_shown_by_their_names_where_they_differ():
    old = {"title": "甲", "attribute": "withheld", "is_formal": True, "made_on": "2024-05-20", "joint_units": ["A"]}
    new = {"title": "甲", "attribute": "proactive", "is_formal": False, "made_on": None, "joint_units": []}
    assert sides(compare(old, new)) == [
        ("公开属性", "[不予]公开", "[主动]公开"),
        ("正式公文", "[是]", "[否]"),
        ("生成日期", "[2024-05-20]", ""),
        ("联合制作机构", "[A]", ""),
    ]


def test_a_file_changed_under_the_same_name_is_a_change():
    old, new = ({"attachments": [{"name": "表.txt", "digest": digit * 64}]} for digit in "ab")
    assert sides(compare(old, new)) == [("附件", "表.txt（[aaaaaaaa]）", "表.txt（[bbbbbbbb]）")]


def test_an_added_and_a_removed_paragraph_stand_alone():
    assert sides(compare({"body": "<p>甲</p>"}, {"body": "<p>甲</p><p>乙</p>"})) == [
        ("正文", "甲", "甲"),
        ("正文", "", "[乙]"),
    ]


@pytest.fixture
def revised(write, staff):
    record = write()
    review = publication.submit(record=record, user=staff.author, day=TODAY)
    passage.send_back(review=review, user=staff.secrecy, day=TODAY, opinion="请改")
    return draft.revise(record=record, user=staff.author, body="<p>各镇街：现将细则印发你们。</p>")


def test_the_last_version_stands_beside_the_text_as_it_is(signed_on, staff, revised):
    page = signed_on(staff.author).get(reverse("records:versions", args=[revised.pk]))
    assert (page.context["old"], page.context["new"], page.context["changes"]) == ("1", "now", 1)
    html = page.content.decode()
    assert ('<span class="visually-hidden">删去：</span>办法' in html, "新增：</span>细则" in html) == (True, True)


@pytest.mark.parametrize("query", [{"old": "9"}, {"new": "x"}])
def test_a_version_that_is_none_is_not_found(signed_on, staff, revised, query):
    assert signed_on(staff.author).get(reverse("records:versions", args=[revised.pk]), query).status_code == 404


def test_a_draft_without_versions_has_nothing_to_compare(signed_on, staff, write):
    assert signed_on(staff.author).get(reverse("records:versions", args=[write().pk])).status_code == 404
