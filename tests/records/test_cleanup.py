"""The register of normative documents, its clean-ups, and old files looked at again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from builders.pages import count_queries
from gongkai.accounts.domain import people
from gongkai.accounts.models import Role
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.records.domain import cleanup, publication, validity
from gongkai.records.errors import IncompleteError, NotAuthorisedError, PastDayError
from gongkai.records.errors_upkeep import CleanUpError, UndecidedError
from gongkai.records.models import Attribute, Category, CleanUp, CleanUpLine, Outcome, Record, Validity
from gongkai.records.queries import normative
from gongkai.units.domain import structure

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


@pytest.fixture
def document(published):
    """Publish a normative document of 2023, or of another day."""
    numbers = iter(range(1, 100))

    def made(title="甲办法", made_on=date(2023, 3, 1), **fields):
        number = next(numbers)
        return published(title=title, made_on=made_on, document_number=f"岚水〔{made_on.year}〕{number}号", **fields)

    return made


@pytest.fixture
def end(staff):
    def ended(record, day, kind=Validity.REPEALED):
        return validity.change_validity(record=record, user=staff.head, validity=kind, day=day, document="废止决定")

    return ended


@pytest.fixture
def begin(bureau, staff):
    def begun(**changed):
        fields = {
            "lead": bureau,
            "units": [bureau],
            "year": 2024,
            "title": "二〇二四年规范性文件清理",
            "basis": "清理通知",
            "due_on": date(2024, 7, 1),
            "user": staff.head,
            "day": TODAY,
        } | changed
        return cleanup.open_campaign(**fields)

    return begun


@pytest.fixture
def decide(staff):
    def decided(line, outcome=Outcome.KEPT, reason="仍需执行"):
        return cleanup.decide(line=line, outcome=outcome, reason=reason, user=staff.author, day=TODAY)

    return decided


@pytest.fixture
def close(staff):
    def closed(clean_up, document="岚水〔2024〕40号", day=date(2024, 6, 20)):
        return cleanup.close(clean_up=clean_up, document=document, user=staff.head, day=day)

    return closed


def counted(year, *units):
    found = normative.normative_counts(year, [unit.pk for unit in units])
    return found.made, found.repealed, found.in_force


def test_the_register_and_its_three_numbers(bureau, document, end):
    first, second = document(made_on=date(2022, 12, 31)), document(made_on=date(2023, 1, 1))
    document(made_on=date(2024, 1, 1))
    end(first, date(2024, 1, 1))
    end(second, date(2024, 12, 31), Validity.EXPIRED)
    assert [counted(year, bureau) for year in (2021, 2022, 2023, 2024, 2025)] == [
        (0, 0, 0),
        (1, 0, 1),
        (1, 0, 2),
        (1, 2, 1),
        (0, 0, 1),
    ]
    for year in (2021, 2022, 2023, 2024, 2025):
        register = normative.in_force([bureau.pk], date(year, 12, 31)).count()
        assert counted(year, bureau)[2] == register


def test_a_document_is_in_force_until_the_day_before_it_ends(bureau, document, end):
    end(document(), date(2024, 3, 1))
    days = (date(2023, 2, 28), date(2023, 3, 1), date(2024, 2, 29), date(2024, 3, 1))
    assert [normative.in_force([bureau.pk], day).count() for day in days] == [0, 1, 1, 0]


def test_a_modified_document_is_in_force(bureau, document, end):
    end(document(), date(2024, 3, 1), Validity.MODIFIED)
    assert counted(2024, bureau) == (0, 0, 1)


def test_only_published_normative_documents_are_in_the_register(bureau, write, published, take_through):
    write()
    published(category=Category.NOTICE, document_number="")
    take_through(write(attribute=Attribute.ON_REQUEST, reason="按申请提供", document_number="岚水〔2024〕30号"))
    assert counted(2024, bureau) == (0, 0, 0)


def test_what_was_taken_down_is_still_in_force(bureau, staff, document):
    publication.withdraw(record=document(), user=staff.head, day=TODAY, reason="附件有误")
    assert counted(2023, bureau) == (1, 0, 1)


def test_a_joint_document_counts_once_among_its_makers(bureau, other_bureau, document):
    first, second = document(), document()
    Record.objects.filter(pk=second.pk).update(unit=other_bureau, document_number=first.document_number)
    assert [counted(2023, *units) for units in ((bureau,), (other_bureau,), (bureau, other_bureau))] == [
        (1, 0, 1),
        (1, 0, 1),
        (1, 0, 1),
    ]


def test_documents_without_a_number_are_not_taken_for_one(bureau, document):
    document()
    document()
    Record.objects.update(document_number="")
    assert counted(2023, bureau) == (2, 0, 2)


def test_a_document_is_announced_before_its_period_ends_and_after(bureau, document):
    ends = (TODAY - timedelta(days=1), TODAY + timedelta(days=90), TODAY + timedelta(days=91))
    soon = [document(expires_on=day).pk for day in ends][:2]
    found = normative.expiring([bureau.pk], TODAY).order_by("pk")
    assert [record.pk for record in found] == soon


def test_a_successor_carries_on_the_documents_of_what_was_abolished(bureau, other_bureau, document, end, staff, begin):
    record = document()
    Record.objects.filter(pk=record.pk).update(unit=other_bureau)
    structure.abolish(unit=other_bureau, day=date(2024, 5, 1), document="丁", actor=SYSTEM, successor=bureau)
    line = begin().lines.get()
    assert (line.record_id, line.unit_id) == (record.pk, bureau.pk)


def test_every_document_in_force_is_looked_at_and_the_outcome_takes_effect(document, end, begin, decide, close):
    outcomes = {outcome: document(title=f"{outcome.label}的办法") for outcome in Outcome}
    end(document(title="早已废止"), date(2024, 1, 1))
    clean_up = begin()
    assert clean_up.lines.count() == 4
    for outcome, record in outcomes.items():
        decide(clean_up.lines.get(record=record), outcome)
    closed = close(clean_up)
    day = date(2024, 6, 20)
    assert [
        (record.validity, record.validity_since)
        for record in (Record.objects.get(pk=one.pk) for one in outcomes.values())
    ] == [("in_force", None), ("modified", day), ("repealed", day), ("expired", day)]
    assert (closed.document, closed.closed_on, cleanup.is_untouched(CleanUp.objects.get())) == (
        "岚水〔2024〕40号",
        day,
        True,
    )
    detail = Entry.objects.get(act="records.clean_up_closed").detail
    assert [detail[outcome] for outcome in Outcome.values] == [1, 1, 1, 1]


def test_the_list_of_a_closed_campaign_is_frozen(document, begin, decide, close):
    record = document()
    clean_up = begin()
    line = decide(clean_up.lines.get())
    close(clean_up)
    Record.objects.update(title="改了标题")
    assert (CleanUpLine.objects.get().title, cleanup.is_untouched(CleanUp.objects.get())) == (record.title, True)
    with pytest.raises(CleanUpError, match="清单不能再改动"):
        decide(line, Outcome.REPEALED)
    with pytest.raises(CleanUpError, match="已于 2024-06-20 结束"):
        close(clean_up)
    CleanUpLine.objects.update(reason="改过的")
    assert cleanup.is_untouched(CleanUp.objects.get()) is False


def test_a_campaign_is_not_closed_while_a_document_is_undecided(document, begin, decide, close):
    document()
    document(title="乙办法")
    clean_up = begin()
    decide(clean_up.lines.first())
    with pytest.raises(UndecidedError, match="还有 1 份文件没有清理结论"):
        close(clean_up)
    with pytest.raises(IncompleteError, match="须有公布清理结果的文件"):
        close(clean_up, document=" ")


def test_one_document_that_cannot_change_stops_the_closing_whole(staff, document, begin, decide, close):
    first, second = document(), document(title="乙办法", made_on=date(2023, 4, 1))
    clean_up = begin()
    for line in clean_up.lines.all():
        decide(line, Outcome.REPEALED)
    publication.withdraw(record=second, user=staff.head, day=TODAY, reason="附件有误")
    with pytest.raises(CleanUpError, match="“乙办法”不能按结论“废止”处理"):
        close(clean_up)
    first.refresh_from_db()
    assert (first.validity, CleanUp.objects.get().closed_on) == (Validity.IN_FORCE, None)


def test_what_ended_meanwhile_must_be_found_to_have_ended(document, begin, end, decide, close):
    record = document()
    clean_up = begin()
    line = decide(clean_up.lines.get(), Outcome.KEPT)
    end(record, date(2024, 6, 10))
    with pytest.raises(CleanUpError, match="已于 2024-06-10 废止，与清理结论“继续有效”不符"):
        close(clean_up)
    decide(line, Outcome.REPEALED)
    close(clean_up)
    assert Record.objects.get().validity_since == date(2024, 6, 10)


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"title": " "}, IncompleteError, "须写明名称"),
        ({"basis": ""}, IncompleteError, "依据"),
        ({"units": []}, IncompleteError, "范围"),
        ({"due_on": date(2024, 6, 2)}, PastDayError, "不能早于今天"),
    ],
)
def test_a_half_filled_campaign_is_refused(document, begin, changed, error, words):
    document()
    with pytest.raises(error, match=words):
        begin(**changed)


def test_a_document_stands_in_one_open_campaign(document, begin, decide, close):
    with pytest.raises(CleanUpError, match="没有现行有效的规范性文件"):
        begin()
    document()
    clean_up = begin()
    with pytest.raises(CleanUpError, match="已有名为"):
        begin()
    with pytest.raises(CleanUpError, match="不能同时由两次清理作出结论"):
        begin(title="又一次清理")
    decide(clean_up.lines.get())
    close(clean_up)
    assert begin(title="又一次清理").lines.count() == 1


@pytest.mark.parametrize(
    ("outcome", "reason", "words"), [("perhaps", "甲", "请选择清理结论"), (Outcome.KEPT, " ", "须写明理由")]
)
def test_an_outcome_has_a_reason(document, begin, decide, outcome, reason, words):
    document()
    with pytest.raises(IncompleteError, match=words):
        decide(begin().lines.get(), outcome, reason)


def test_each_acts_for_their_own(bureau, other_bureau, document, begin, close, staff, stranger):
    document()
    for user in (staff.author, stranger):
        with pytest.raises(NotAuthorisedError, match="发起清理"):
            begin(user=user)
    with pytest.raises(NotAuthorisedError, match="发起清理"):
        begin(units=[bureau, other_bureau])
    clean_up = begin()
    for user in (staff.secrecy, stranger):
        with pytest.raises(NotAuthorisedError, match="作出清理结论"):
            cleanup.decide(line=clean_up.lines.get(), outcome="kept", reason="甲", user=user, day=TODAY)
        with pytest.raises(NotAuthorisedError, match="结束清理"):
            cleanup.close(clean_up=clean_up, document="甲", user=user, day=TODAY)


def address(name, *args):
    return reverse(f"records:{name}", args=args)


def test_a_campaign_from_its_opening_to_its_list_in_the_browser(signed_on, bureau, staff, document):
    document()
    client = signed_on(staff.head)
    data = {
        "lead": bureau.pk,
        "units": [bureau.pk],
        "year": 2024,
        "title": "清理",
        "basis": "通知",
        "due_on": timezone.localdate().isoformat(),
    }
    bad = client.post(address("cleanup-list"), data | {"due_on": "2001-01-01"})
    assert (bad.status_code, "请选择今天或以后" in bad.content.decode()) == (422, True)
    client.post(address("cleanup-list"), data)
    clean_up = CleanUp.objects.get()
    assert "清理结论：甲办法" in client.get(reverse("office:home")).content.decode()
    early = client.post(address("cleanup", clean_up.pk), {"document": "岚水〔2024〕40号"})
    assert (early.status_code, "没有清理结论" in early.content.decode()) == (422, True)
    line = address("cleanup-line", clean_up.lines.get().pk)
    assert client.post(line, {"outcome": "repealed"}).status_code == 422
    client.post(line, {"outcome": "repealed", "reason": "已有新规定"})
    client.post(address("cleanup", clean_up.pk), {"document": "岚水〔2024〕40号"})
    printed = client.get(address("cleanup-print", clean_up.pk)).content.decode()
    assert ("废止（1 件）" in printed, "已有新规定" in printed, "岚水〔2024〕40号" in printed) == (True, True, True)
    page = client.get(address("cleanup", clean_up.pk)).content.decode()
    assert ("清单已封存" in page, "结束并公布" in page) == (True, False)
    assert "登记结论" not in client.get(line).content.decode()
    assert Record.objects.get().validity == Validity.REPEALED


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_a_campaign_of_other_units_does_not_exist(signed_on, document, begin, request, who):
    document()
    clean_up = begin()
    client = signed_on(request.getfixturevalue(who))
    for page in (address("cleanup", clean_up.pk), address("cleanup-print", clean_up.pk)):
        assert client.get(page).status_code == 404
    line = address("cleanup-line", clean_up.lines.get().pk)
    assert client.post(line, {"outcome": "repealed", "reason": "甲"}).status_code == 404
    assert clean_up.title not in client.get(address("cleanup-list")).content.decode()
    assert "甲办法" not in client.get(address("normative"), {"day": "2024-06-01"}).content.decode()


def test_a_unit_in_a_campaign_sees_its_own_lines_alone(
    signed_on, bureau, other_bureau, staff, stranger, document, begin
):
    people.grant(user=staff.head, role=Role.COMPETENT, unit=other_bureau, day=date(2010, 1, 1), actor=SYSTEM)
    document()
    theirs = document(title="乙办法")
    Record.objects.filter(pk=theirs.pk).update(unit=other_bureau)
    clean_up = begin(units=[bureau, other_bureau])
    client = signed_on(stranger)
    for name in ("cleanup", "cleanup-print"):
        page = client.get(address(name, clean_up.pk)).content.decode()
        assert ("乙办法" in page, "甲办法" in page) == (True, False)
    assert client.get(address("cleanup-line", clean_up.lines.get(unit=bureau).pk)).status_code == 404


def test_the_auditor_reads_and_changes_nothing(signed_on, auditor, document, begin):
    document()
    clean_up = begin()
    client = signed_on(auditor)
    assert "甲办法" in client.get(address("cleanup", clean_up.pk)).content.decode()
    client.post(address("cleanup", clean_up.pk), {"document": "甲"})
    client.post(address("cleanup-line", clean_up.lines.get().pk), {"outcome": "repealed", "reason": "甲"})
    client.post(address("cleanup-list"), {})
    assert (CleanUp.objects.get().closed_on, CleanUpLine.objects.get().outcome) == (None, "")


def test_the_register_shows_the_part_asked_for(signed_on, bureau, staff, document, end):
    document(title="在册的", expires_on=date(2024, 5, 1))
    end(document(title="废止的"), date(2024, 3, 1))
    document(title="新的", made_on=date(2024, 2, 1))
    client = signed_on(staff.author)

    def shown(**asked):
        page = client.get(address("normative"), {"day": "2024-05-02", **asked})
        return sorted(record.title for record in page.context["page"])

    assert shown() == ["在册的", "新的"]
    assert shown(day="2024-01-31") == ["在册的", "废止的"]
    assert shown(shown="made") == ["新的"]
    assert shown(shown="ended") == ["废止的"]
    assert shown(shown="expiring", unit=bureau.pk) == ["在册的"]
    strange = client.get(address("normative"), {"day": "昨天"})
    assert (strange.status_code, list(strange.context["form"].errors)) == (200, ["day"])
    assert strange.context["form"].errors["day"][0] in strange.content.decode()


def test_old_files_due_for_a_new_look_are_listed(signed_on, staff, stranger, write, take_through):
    day = timezone.localdate()
    fields = {"attribute": Attribute.WITHHELD, "clause": "16.internal", "reason": "内部事务"}
    for number, due in enumerate((day - timedelta(days=1), day + timedelta(days=400))):
        record = write(
            title=f"第{number}件", document_number=f"岚水〔2024〕{number}号", reassess_on=TODAY + timedelta(1), **fields
        )
        take_through(record)
        Record.objects.filter(pk=record.pk).update(reassess_on=due)
    page = signed_on(staff.author).get(address("old-files")).content.decode()
    assert ("第0件" in page, "第1件" in page) == (True, False)
    assert "第0件" not in signed_on(stranger).get(address("old-files")).content.decode()


def test_the_pages_take_the_same_queries_however_long(signed_on, staff, document, begin, decide, close):
    document()
    first = begin()
    decide(first.lines.get())
    close(first)
    client = signed_on(staff.head)
    pages = [
        address("normative"),
        address("cleanup-list"),
        address("cleanup", first.pk),
        address("cleanup-print", first.pk),
        address("cleanup-line", first.lines.get().pk),
        address("old-files"),
    ]
    one = [count_queries(client, page) for page in pages]
    more = [document(), document()]
    begin(title="又一次清理")
    for record in more:
        CleanUpLine.objects.filter(record=record).update(clean_up=first)
    assert ([count_queries(client, page) for page in pages], max(one) <= 8) == (one, True)
