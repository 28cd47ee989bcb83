"""Handing over to the archives and the library."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from builders.pages import count_queries
from gongkai.accounts.domain import people
from gongkai.accounts.models import Role
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.records.domain import handover, publication
from gongkai.records.errors import IncompleteError, NotAuthorisedError
from gongkai.records.errors_upkeep import HandOverError, HandOverRuleError, NilReturnError
from gongkai.records.models import HandOver, HandOverItem, HandOverKind, HandOverRule, Record
from gongkai.records.queries.handover import contents, open_periods, periods
from gongkai.units.domain import structure
from gongkai.units.models import Kind
from gongkai.units.queries import tree

pytestmark = pytest.mark.django_db
FOUNDED = date(2010, 1, 1)
TODAY = date(2024, 6, 3)


@pytest.fixture
def head(bureau, staff):
    """The head acts for the competent department too: he sets the days."""
    people.grant(user=staff.head, role=Role.COMPETENT, unit=bureau, day=FOUNDED, actor=SYSTEM, with_subtree=True)
    return staff.head


@pytest.fixture
def set_days(bureau, head):
    def chosen(days=(5,), begins_on=date(2024, 5, 1), **changed):
        fields = {"unit": bureau, "cut_off": 5, "halls": "市档案馆、市图书馆", "document": "送交办法"} | changed
        return handover.set_days(**fields, days=days, begins_on=begins_on, user=head, day=TODAY)

    return chosen


@pytest.fixture
def seal(bureau, staff):
    def sealed(begins_on, day, *, is_nil=False, letter=""):
        return handover.seal(unit=bureau, begins_on=begins_on, is_nil=is_nil, letter=letter, user=staff.author, day=day)

    return sealed


def waiting(unit, day):
    return [
        (period.begins_on, period.ends_on, period.due_on, period.urgency(day))
        for period in open_periods([unit.pk], tree.as_of(day), day)
    ]


def rule(days, begins_on, cut_off=5):
    return HandOverRule(days=days, begins_on=begins_on, cut_off=cut_off, halls="两馆")


def test_a_county_delivers_the_month_before_on_the_fifth_moved_by_holidays():
    found = list(periods(1, [rule("5", date(2024, 1, 1))], date(2024, 1, 1), date(2024, 4, 1)))
    assert [(one.begins_on, one.ends_on, one.due_on) for one in found] == [
        (date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 5)),
        (date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 5)),
        # 4 to 6 April 2024 were the holidays of 清明, and 7 April was a make-up day.
        (date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 7)),
        (date(2024, 4, 1), date(2024, 4, 30), date(2024, 5, 6)),
    ]


def test_the_province_delivers_half_months_on_the_fifth_and_the_twentieth():
    found = list(periods(1, [rule("5,20", date(2024, 6, 1))], date(2024, 6, 1), date(2024, 7, 1)))
    assert [(one.begins_on, one.ends_on, one.due_on) for one in found] == [
        (date(2024, 6, 1), date(2024, 6, 15), date(2024, 6, 20)),
        (date(2024, 6, 16), date(2024, 6, 30), date(2024, 7, 5)),
        (date(2024, 7, 1), date(2024, 7, 15), date(2024, 7, 22)),
    ]


def test_a_new_rule_leaves_no_gap_and_no_overlap():
    rules = [rule("5", date(2024, 1, 1)), rule("5,20", date(2024, 2, 11))]
    found = list(periods(1, rules, date(2024, 1, 1), date(2024, 2, 20)))
    assert [(one.begins_on, one.ends_on) for one in found] == [
        (date(2024, 1, 1), date(2024, 1, 31)),
        (date(2024, 2, 1), date(2024, 2, 10)),
        (date(2024, 2, 11), date(2024, 2, 15)),
        (date(2024, 2, 16), date(2024, 2, 29)),
    ]
    after = list(periods(1, rules, date(2024, 2, 16), date(2024, 2, 20)))
    assert [one.begins_on for one in after] == [date(2024, 2, 16)]


def test_the_days_of_a_unit_above_hold_until_a_unit_has_its_own(bureau, set_days):
    below = structure.establish(
        code="HL-009",
        kind=Kind.DEPARTMENT,
        name="海岚市河道管理所",
        short_name="河道所",
        parent=bureau,
        day=date(2024, 5, 11),
        document="丙",
        actor=SYSTEM,
    )
    set_days((5,), date(2024, 5, 1))
    set_days((5, 20), date(2024, 6, 1), unit=below)
    assert waiting(below, date(2024, 6, 20)) == [
        (date(2024, 5, 11), date(2024, 5, 31), date(2024, 6, 5), "late"),
        (date(2024, 6, 1), date(2024, 6, 15), date(2024, 6, 20), "soon"),
        (date(2024, 6, 16), date(2024, 6, 30), date(2024, 7, 5), "normal"),
    ]


def test_who_has_no_days_owes_nothing(bureau):
    assert waiting(bureau, TODAY) == []


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"days": (31,)}, HandOverRuleError, "不是每个月都有"),
        ({"days": ()}, HandOverRuleError, "1 至 28"),
        ({"cut_off": 0}, HandOverRuleError, "期间结束之后才能封单"),
        ({"begins_on": date(1999, 1, 1)}, HandOverRuleError, "没有 1999 年的放假安排"),
        ({"begins_on": date(2199, 1, 1)}, HandOverRuleError, "尚未公布"),
        ({"halls": " "}, IncompleteError, "接收单位"),
        ({"document": ""}, IncompleteError, "依据"),
    ],
)
def test_days_that_cannot_be_are_refused(set_days, changed, error, words):
    with pytest.raises(error, match=words):
        set_days(**changed)


def test_a_rule_begins_after_the_last_one_and_after_what_is_sealed(set_days, seal):
    set_days()
    with pytest.raises(HandOverRuleError, match="自 2024-05-01 起的送交日历"):
        set_days((5, 20))
    seal(date(2024, 5, 1), TODAY, is_nil=True)
    with pytest.raises(HandOverRuleError, match="截至 2024-05-31 的送交已封单"):
        set_days((5, 20), date(2024, 5, 20))
    assert set_days((20, 5), date(2024, 6, 1)).days == "5,20"


def test_only_the_competent_department_sets_the_days(bureau, staff):
    with pytest.raises(NotAuthorisedError):
        handover.set_days(
            unit=bureau, days=[5], cut_off=5, halls="甲", begins_on=TODAY, document="乙", user=staff.head, day=TODAY
        )


def test_a_list_holds_what_was_published_in_the_period_and_is_sealed(bureau, set_days, seal, published, other_bureau):
    set_days()
    first, second = published(), published(title="另一件", document_number="岚水〔2024〕13号")
    later = published(title="下月的", document_number="岚水〔2024〕14号")
    Record.objects.filter(pk__in=[first.pk, second.pk]).update(published_on=date(2024, 5, 31))
    assert later.published_on == TODAY
    sealed = seal(date(2024, 5, 1), TODAY)
    assert [(item.position, item.kind, item.record_id) for item in sealed.items.all()] == [
        (1, HandOverKind.NEW, first.pk),
        (2, HandOverKind.NEW, second.pk),
    ]
    assert (sealed.is_nil, sealed.is_late, sealed.due_on, handover.is_untouched(sealed)) == (
        False,
        False,
        date(2024, 6, 5),
        True,
    )
    assert Entry.objects.get(act="records.handed_over").detail["digest"] == sealed.digest
    assert waiting(bureau, TODAY) == [(date(2024, 6, 1), date(2024, 6, 30), date(2024, 7, 5), "normal")]
    HandOverItem.objects.filter(position=1).update(title="改过的")
    assert handover.is_untouched(sealed) is False


def test_a_list_does_not_follow_its_records(set_days, seal, published):
    set_days()
    record = published()
    Record.objects.update(published_on=date(2024, 5, 31))
    sealed = seal(date(2024, 5, 1), TODAY)
    Record.objects.filter(pk=record.pk).update(title="改了标题")
    assert (sealed.items.get().title, handover.is_untouched(HandOver.objects.get())) == (record.title, True)


def test_an_empty_period_is_a_nil_return_that_somebody_declares(set_days, seal):
    set_days()
    with pytest.raises(NilReturnError, match="勾选零送交"):
        seal(date(2024, 5, 1), TODAY)
    sealed = seal(date(2024, 5, 1), TODAY, is_nil=True)
    assert (sealed.is_nil, sealed.items.count(), handover.is_untouched(sealed)) == (True, 0, True)


def test_a_nil_return_with_documents_is_none(set_days, seal, published):
    set_days()
    published()
    Record.objects.update(published_on=date(2024, 5, 31))
    with pytest.raises(NilReturnError, match="有 1 条应送交"):
        seal(date(2024, 5, 1), TODAY, is_nil=True)


def test_a_list_sealed_after_its_day_is_late(set_days, seal):
    set_days()
    assert seal(date(2024, 5, 1), date(2024, 6, 5), is_nil=True).is_late is False
    assert seal(date(2024, 6, 1), date(2024, 7, 6), is_nil=True).is_late is True


def test_a_period_is_sealed_once_in_order_after_its_end(bureau, set_days, seal):
    set_days(begins_on=date(2024, 4, 1))
    with pytest.raises(HandOverError, match="自 2024-04-01 起的一期尚未封单"):
        seal(date(2024, 5, 1), TODAY, is_nil=True)
    with pytest.raises(HandOverError, match="没有自 2024-04-02 起"):
        seal(date(2024, 4, 2), TODAY, is_nil=True)
    seal(date(2024, 4, 1), TODAY, is_nil=True)
    seal(date(2024, 5, 1), TODAY, is_nil=True)
    with pytest.raises(HandOverError, match="已经封单，不能更改"):
        seal(date(2024, 5, 1), TODAY, is_nil=True)
    with pytest.raises(HandOverError, match="至 2024-06-30 才结束"):
        seal(date(2024, 6, 1), TODAY, is_nil=True)
    assert HandOver.objects.count() == 2


def test_only_the_unit_s_people_seal(bureau, set_days, stranger, staff):
    set_days()
    for user in (stranger, staff.secrecy):
        with pytest.raises(NotAuthorisedError):
            handover.seal(unit=bureau, begins_on=date(2024, 5, 1), is_nil=True, letter="", user=user, day=TODAY)


def test_what_was_corrected_is_replaced_and_what_was_taken_down_is_taken_back(
    bureau, staff, set_days, seal, published, take_through
):
    set_days()
    corrected, gone = published(), published(title="撤下的", document_number="岚水〔2024〕13号")
    Record.objects.update(published_on=date(2024, 5, 31))
    first = seal(date(2024, 5, 1), TODAY)
    for record in (corrected, gone):
        publication.withdraw(record=record, user=staff.head, day=TODAY, reason="附件有误")
    publication.reopen(record=corrected, user=staff.author, day=TODAY)
    publication.publish(record=take_through(corrected), user=staff.author, day=date(2024, 6, 12))
    published(title="新的", document_number="岚水〔2024〕15号")
    day = date(2024, 7, 1)
    with pytest.raises(IncompleteError, match="须附正式撤换函"):
        seal(date(2024, 6, 1), day)
    second = seal(date(2024, 6, 1), day, letter="岚水函〔2024〕3号")
    assert [(item.kind, item.title, item.replaces) for item in second.items.select_related("replaces")] == [
        (HandOverKind.NEW, "新的", None),
        (HandOverKind.REPLACED, corrected.title, first.items.get(record=corrected)),
        (HandOverKind.TAKEN_BACK, "撤下的", first.items.get(record=gone)),
    ]
    third = open_periods([bureau.pk], tree.as_of(day), day)[0]
    assert contents(third) == []


def address(name, *args):
    return reverse(f"records:handover{name}", args=args)


def test_a_list_is_sealed_in_the_browser(signed_on, bureau, staff, set_days, published):
    record = published()
    Record.objects.update(published_on=date(2024, 5, 31))
    set_days()
    client = signed_on(staff.author)
    assert "逾期" in client.get(address("-list")).content.decode()
    period = address("-period", bureau.pk, "2024-05-01")
    page = client.get(period).content.decode()
    assert (record.title in page, "封单后清单不能更改" in page) == (True, True)
    refused = client.post(period, {"is_nil": "on"})
    assert (refused.status_code, "不能作零送交" in refused.content.decode()) == (422, True)
    client.post(period, {})
    sealed = HandOver.objects.get()
    printed = client.get(address("", sealed.pk)).content.decode()
    assert (record.index_number in printed, sealed.digest in printed, "被改动" in printed) == (True, True, False)
    assert client.get(period).status_code == 404
    HandOverItem.objects.update(title="改过的")
    assert "被改动" in client.get(address("", sealed.pk)).content.decode()


def test_a_nil_return_is_sealed_in_the_browser(signed_on, bureau, staff, set_days):
    set_days()
    client = signed_on(staff.author)
    period = address("-period", bureau.pk, "2024-05-01")
    refused = client.post(period, {})
    assert (refused.status_code, "没有信息也须报送" in refused.content.decode()) == (422, True)
    client.post(period, {"is_nil": "on"})
    page = client.get(address("", HandOver.objects.get().pk)).content.decode()
    assert ("零送交" in page, "逾期" in page) == (True, True)


def test_what_waits_is_on_the_workbench_of_who_does_it(signed_on, bureau, staff, set_days):
    set_days(begins_on=timezone.localdate().replace(day=1) - timedelta(days=31))
    title = "送交 "
    assert title in signed_on(staff.author).get(reverse("office:home")).content.decode()
    assert title not in signed_on(staff.secrecy).get(reverse("office:home")).content.decode()


@pytest.mark.parametrize("begins_on", ["2024-05-02", "yesterday", "2024-13-01"])
def test_a_period_that_is_none_does_not_exist(signed_on, bureau, staff, set_days, begins_on):
    set_days()
    assert signed_on(staff.author).get(address("-period", bureau.pk, begins_on)).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_the_hand_overs_of_another_unit_do_not_exist(signed_on, bureau, set_days, seal, request, who):
    set_days()
    sealed = seal(date(2024, 5, 1), TODAY, is_nil=True)
    client = signed_on(request.getfixturevalue(who))
    assert client.get(address("", sealed.pk)).status_code == 404
    assert client.post(address("-period", bureau.pk, "2024-06-01"), {"is_nil": "on"}).status_code == 404
    for page in ("-list", "-sealed", "-days"):
        assert "水利局" not in client.get(address(page)).content.decode().partition("<main")[2]


def test_the_auditor_reads_and_seals_nothing(signed_on, auditor, bureau, set_days):
    set_days()
    client = signed_on(auditor)
    period = address("-period", bureau.pk, "2024-05-01")
    assert "封单后清单不能更改" not in client.get(period).content.decode()
    client.post(period, {"is_nil": "on"})
    client.post(address("-days"), {"unit": bureau.pk})
    assert (HandOver.objects.count(), HandOverRule.objects.count()) == (0, 1)


def test_the_days_are_set_in_the_browser(signed_on, head, bureau):
    client = signed_on(head)
    data = {
        "unit": bureau.pk,
        "days": "20，5",
        "cut_off": 5,
        "halls": "两馆",
        "begins_on": "2024-01-01",
        "document": "办法",
    }
    bad = client.post(address("-days"), data | {"days": "每月初"})
    assert (bad.status_code, "请填写日期数字" in bad.content.decode()) == (422, True)
    worse = client.post(address("-days"), data | {"days": "31"})
    assert (worse.status_code, "不是每个月都有" in worse.content.decode()) == (422, True)
    client.post(address("-days"), data)
    assert HandOverRule.objects.get().days == "5,20"
    assert "5,20 日" in client.get(address("-days")).content.decode()


def test_the_list_is_narrowed_to_a_unit_and_a_strange_choice_is_told(signed_on, bureau, staff, set_days):
    set_days()
    client = signed_on(staff.author)
    assert len(client.get(address("-list"), {"unit": bureau.pk}).context["waiting"]) > 0
    strange = client.get(address("-list"), {"unit": "9999"})
    assert (strange.status_code, "有效" in strange.content.decode()) == (200, True)


def test_the_pages_take_the_same_queries_however_long(signed_on, staff, bureau, set_days, seal, published):
    set_days(begins_on=date(2024, 2, 1))
    published()
    Record.objects.update(published_on=date(2024, 2, 10))
    first = seal(date(2024, 2, 1), TODAY)
    client = signed_on(staff.author)
    names = ("-list", "-sealed", "-days")
    pages = [*map(address, names), address("", first.pk), address("-period", bureau.pk, "2024-05-01")]
    one = [count_queries(client, page) for page in pages]
    seal(date(2024, 3, 1), TODAY, is_nil=True)
    seal(date(2024, 4, 1), TODAY, is_nil=True)
    for number in range(3):
        published(document_number=f"岚水〔2024〕{number}号")
    Record.objects.exclude(hand_overs__isnull=False).update(published_on=date(2024, 5, 31))
    # What is still to be sealed is computed, with one query more than a list may take.
    assert ([count_queries(client, page) for page in pages], max(one[:-1]) <= 8, one[-1] <= 9) == (one, True, True)
