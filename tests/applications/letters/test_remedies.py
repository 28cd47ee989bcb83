"""How an answer can be contested, as the letter tells it: by the day, the outcome and the kind of agency."""

from datetime import date

import pytest

from applications.letters.conftest import approve
from builders.city import unit
from gongkai.applications.domain import entering, inquiring, letters, letters_sealing
from gongkai.applications.domain.stationery import set_stationery
from gongkai.applications.errors_letters import ContentChangedError, LetterFieldsError
from gongkai.applications.letters.contents import document_of
from gongkai.applications.models import Letter, Mode, Stationery
from gongkai.law.letters import letter as law_letter
from gongkai.law.outcomes import outcome
from gongkai.units.models import Kind

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2023, 12, 29), date(2024, 1, 2)
EITHER = "可以自收到{}之日起60日内向{}申请行政复议，或者自收到{}之日起6个月内向{}提起行政诉讼"
FIRST = (
    "应当先自收到{}之日起60日内向{}申请行政复议；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向{}提起行政诉讼"
)


def told(application, code, day, **more):
    """Return the paragraph on remedies of an answer with the outcome."""
    parts = more.pop("parts", [{"outcome": code}])
    kind = outcome(code).letter
    letter = Letter(application=application, unit=application.unit, kind=kind, regulation="2019", parts=parts, **more)
    return document_of(letter, day).paragraphs[-1].text


OUTCOMES = [
    # 办理结果 / 2023年答复 / 2024年起答复
    ("A1", EITHER, EITHER),
    ("A2", EITHER, EITHER),
    ("N1", EITHER, FIRST),
    ("N2", EITHER, FIRST),
    ("N3", EITHER, FIRST),
    ("N4", EITHER, FIRST),
    ("N5", EITHER, FIRST),
    ("N6", EITHER, FIRST),
    ("N7", EITHER, FIRST),
    ("N8", EITHER, EITHER),
    ("U1a", EITHER, EITHER),
    ("U1b", EITHER, EITHER),
    ("U2", EITHER, EITHER),
    ("U3", EITHER, EITHER),
    ("D1", EITHER, EITHER),
    ("D2", EITHER, EITHER),
    ("D3", EITHER, EITHER),
    ("D4", EITHER, EITHER),
    ("D5", EITHER, EITHER),
    ("O1", EITHER, EITHER),
    ("O2", EITHER, EITHER),
    ("O3", EITHER, EITHER),
]


@pytest.mark.parametrize(("code", "before", "after"), OUTCOMES)
def test_the_way_to_contest_follows_from_outcome_and_day(receive, code, before, after):
    application = receive(date(2023, 12, 4))
    letter = "本答复书" if "答复书" in document_title(code) else "本告知书"
    court = "本机关所在地的基层人民法院"
    # A department of 2023 has two reviewers, since 2024 its own government alone.
    for day, how, who in (
        (BEFORE, before, "海岚市人民政府或者上一级主管部门"),
        (AFTER, after, "海岚市人民政府"),
    ):
        words = how.format(letter, who, court) if how is FIRST else how.format(letter, who, letter, court)
        assert words in told(application, code, day)


def document_title(code):
    return law_letter(outcome(code).letter).title


AGENCIES = [
    # 机关类型 / 2024年起的复议机关 / 一审法院
    ("department", "海岚市人民政府", "基层"),
    ("government", "海岚市人民政府", "中级"),
    ("provincial_government", "本机关", "中级"),
    ("township", "海岚市人民政府", "基层"),
    ("national_department", "本机关", "中级"),
    ("vertical", "上一级主管部门", "基层"),
    ("customs", "上一级主管部门", "中级"),
    ("outpost", "海岚市人民政府", "基层"),
    ("branch", "海岚市人民政府", "基层"),
    ("judicial", "海岚市人民政府或者上一级司法行政部门", "基层"),
    ("authorised", "海岚市人民政府", "基层"),
]


@pytest.mark.parametrize(("kind", "reviewer", "court"), AGENCIES)
def test_who_reviews_and_which_court_follows_from_the_kind_of_agency(receive, bureau, kind, reviewer, court):
    Stationery.objects.create(unit=bureau, agency_word="岚水", agency_kind=kind)
    words = told(receive(date(2024, 1, 2)), "N4", AFTER)
    assert f"向{reviewer}申请行政复议" in words
    assert f"向本机关所在地的{court}人民法院提起行政诉讼" in words


def test_a_bureau_of_a_department_below_the_government_finds_it_in_the_tree(receive, bureau, staff, city):
    station = unit("HL-012-1", "海岚市水利局河道管理站", bureau, Kind.DEPARTMENT)
    application = receive(date(2024, 1, 2))
    application.unit = station
    assert "向海岚市人民政府申请行政复议" in told(application, "A2", AFTER)


def test_names_that_the_office_gives_are_printed(receive, bureau, staff):
    set_stationery(
        unit=bureau,
        user=staff.head,
        today=AFTER,
        agency_word="岚水公开",
        reviewers={"own_government": "海岚市人民政府（海岚市行政复议局）"},
        court="海岚铁路运输法院",
    )
    words = told(receive(date(2024, 1, 2)), "N4", AFTER)
    assert "向海岚市人民政府（海岚市行政复议局）申请行政复议" in words
    assert "向海岚铁路运输法院提起行政诉讼" in words


@pytest.mark.parametrize("first", ["P", "A2"])
def test_an_answer_in_parts_tells_both_ways_by_its_parts(receive, first):
    parts = [{"outcome": first, "label": "第1项"}, {"outcome": "N4", "label": "第2项"}]
    words = told(receive(date(2024, 1, 2)), first, AFTER, parts=parts)
    assert "对本告知书中不予公开的部分（第2项）不服的，应当先" in words
    assert "对本告知书中其余部分（第1项）不服的，可以" in words


def test_an_answer_online_names_the_online_channel_or_is_refused(receive, drafted, bureau, staff):
    application = receive(date(2024, 1, 2))
    assert "没有写明提交行政复议申请书的互联网渠道" in told(application, "A2", AFTER, mode=Mode.ELECTRONIC)
    letter = drafted(application, "granted", AFTER, mode=Mode.ELECTRONIC)
    with pytest.raises(LetterFieldsError, match="互联网渠道") as caught:
        letters.submit(letter=letter, user=staff.handler, today=AFTER)
    assert caught.value.article == "《行政复议法》（2023年）第二十二条"
    set_stationery(
        unit=bureau, user=staff.head, today=AFTER, agency_word="岚水公开", online_channel="https://fy.example.cn"
    )
    assert told(application, "A2", AFTER, mode=Mode.ELECTRONIC).endswith(
        "行政复议申请可以通过互联网提交：https://fy.example.cn。"
    )
    assert "https" not in told(application, "A2", AFTER)


@pytest.mark.parametrize("kind", ["correction_notice", "extension_notice", "fee_notice"])
def test_what_cannot_be_contested_alone_says_nothing_of_remedies(receive, drafted, kind):
    letter = drafted(receive(date(2024, 1, 2)), kind, AFTER)
    assert "行政复议" not in "".join(document_of(letter, AFTER).texts())


def test_an_answer_approved_in_december_is_not_sealed_in_january_with_the_old_remedies(
    receive, drafted, staff, stationery
):
    application = receive(date(2023, 12, 4))
    inquiring.name_consultee(
        application=application, kind="third_party", name="海岚砂石公司", user=staff.handler, today=BEFORE
    )
    entering.enter(
        application=application,
        kind="third_party_sent",
        day=date(2023, 12, 5),
        user=staff.handler,
        today=BEFORE,
        party="第三方1",
    )
    letter = drafted(application, "refused", BEFORE, parts=[{"outcome": "N4"}])
    letters.submit(letter=letter, user=staff.handler, today=BEFORE)
    approve(letter, staff, BEFORE)
    with pytest.raises(ContentChangedError, match="应当先自收到本告知书之日起60日内"):
        letters_sealing.seal(letter=letter, user=staff.head, today=AFTER)
    letters_sealing.seal(letter=letter, user=staff.head, today=BEFORE)
