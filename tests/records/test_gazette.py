"""Issues of the gazette."""

from datetime import date

import pytest
from django.urls import reverse

from builders.pages import count_queries
from gongkai.journal.models import Entry
from gongkai.records.domain import gazette, publication
from gongkai.records.errors import IncompleteError, NotAuthorisedError
from gongkai.records.errors_upkeep import GazetteEntryError, GazetteError
from gongkai.records.models import GazetteEntry, GazetteIssue, Record

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


@pytest.fixture
def begin(bureau, staff):
    def begun(number=1, **changed):
        fields = {"unit": bureau, "title": "海岚市水利公报", "year": 2024, "user": staff.author, "day": TODAY} | changed
        return gazette.open_issue(number=number, **fields)

    return begun


@pytest.fixture
def act(staff):
    return {"user": staff.author, "day": TODAY}


@pytest.fixture
def issue_of_two(begin, published, act):
    issue = begin()
    for number, title in ((12, "甲办法"), (13, "乙办法")):
        record = published(title=title, document_number=f"岚水〔2024〕{number}号")
        gazette.place(issue=issue, record=record, **act)
    return issue


def titles(issue):
    return [(entry.position, entry.title) for entry in issue.entries.all()]


def publish(issue, staff):
    return gazette.publish(issue=issue, user=staff.head, day=TODAY)


def test_an_issue_holds_its_records_in_order(issue_of_two, act):
    _, second = issue_of_two.entries.all()
    gazette.move_up(entry=second, **act)
    assert titles(issue_of_two) == [(1, "乙办法"), (2, "甲办法")]
    gazette.move_up(entry=second, **act)
    assert titles(issue_of_two) == [(1, "乙办法"), (2, "甲办法")]
    gazette.take_out(entry=second, **act)
    assert titles(issue_of_two) == [(1, "甲办法")]


@pytest.mark.parametrize(
    ("number", "changed", "error", "words"),
    [
        (0, {}, GazetteError, "期号从 1 起"),
        (1, {"year": 1900}, GazetteError, "年度 1900 有误"),
        (1, {"year": 2026}, GazetteError, "年度 2026 有误"),
        (1, {"title": " "}, IncompleteError, "须有刊名"),
    ],
)
def test_an_issue_bears_a_number_a_year_and_a_name(begin, number, changed, error, words):
    with pytest.raises(error, match=words):
        begin(number, **changed)


def test_a_number_is_given_once_a_year(begin):
    begin(1)
    with pytest.raises(GazetteError, match="2024 年第 1 期已经存在"):
        begin(1)
    assert str(begin(1, year=2025)) == "海岚市水利公报 2025 年第 1 期"


def test_only_what_is_published_by_the_unit_is_printed(begin, write, published, staff, other_bureau, act):
    issue, draft = begin(), write()
    with pytest.raises(GazetteEntryError, match="只刊登已公开的信息"):
        gazette.place(issue=issue, record=draft, **act)
    record = published(document_number="岚水〔2024〕13号")
    gazette.place(issue=issue, record=record, **act)
    with pytest.raises(GazetteEntryError, match="已在本期目录中"):
        gazette.place(issue=issue, record=record, **act)
    other = published(document_number="岚水〔2024〕14号")
    Record.objects.filter(pk=other.pk).update(unit=other_bureau)
    other.refresh_from_db()
    with pytest.raises(GazetteEntryError, match="不是本机构及其下级的文件"):
        gazette.place(issue=issue, record=other, **act)


def test_copies_are_counted_and_taken_over_by_the_next_issue(begin, act):
    first = begin(1)
    assert gazette.distribute(issue=first, copies=[("市档案馆", 2), ("市图书馆", 3)], **act) == 5
    assert gazette.distribute(issue=first, copies=[("市档案馆", 4)], **act) == 4
    assert [(one.name, one.copies) for one in begin(2).recipients.all()] == [("市档案馆", 4)]


@pytest.mark.parametrize(
    ("copies", "words"), [([("甲", 1), ("甲", 2)], "“甲”列了两次"), ([("甲", 0)], "“甲”的份数须为 1 以上")]
)
def test_a_distribution_that_cannot_be_is_refused(begin, act, copies, words):
    issue = begin()
    with pytest.raises(GazetteError, match=words):
        gazette.distribute(issue=issue, copies=copies, **act)


def test_a_published_issue_does_not_change(issue_of_two, staff, act):
    issue = publish(issue_of_two, staff)
    assert (issue.published_on, gazette.is_untouched(GazetteIssue.objects.get())) == (TODAY, True)
    entry = issue.entries.first()
    for change in (
        lambda: gazette.place(issue=issue, record=entry.record, **act),
        lambda: gazette.take_out(entry=entry, **act),
        lambda: gazette.move_up(entry=entry, **act),
        lambda: gazette.distribute(issue=issue, copies=[], **act),
        lambda: publish(issue, staff),
    ):
        with pytest.raises(GazetteError, match="已于 2024-06-03 出刊"):
            change()
    assert Entry.objects.get(act="records.gazette_published").detail["digest"] == issue.digest
    GazetteEntry.objects.filter(pk=entry.pk).update(title="改过的")
    assert gazette.is_untouched(GazetteIssue.objects.get()) is False


def test_an_empty_issue_is_not_published(begin, staff):
    with pytest.raises(GazetteError, match="本期目录为空"):
        publish(begin(), staff)


def test_what_was_taken_down_meanwhile_is_not_printed(issue_of_two, staff):
    gone = issue_of_two.entries.first().record
    publication.withdraw(record=gone, user=staff.head, day=TODAY, reason="附件有误")
    with pytest.raises(GazetteEntryError, match="“甲办法”现为“已撤下”，请先从目录中移出"):
        publish(issue_of_two, staff)


def test_officers_edit_and_the_head_publishes(bureau, issue_of_two, staff, stranger, act):
    with pytest.raises(NotAuthorisedError, match="签发公报"):
        gazette.publish(issue=issue_of_two, **act)
    for user in (stranger, staff.secrecy):
        with pytest.raises(NotAuthorisedError):
            gazette.distribute(issue=issue_of_two, copies=[], user=user, day=TODAY)
        with pytest.raises(NotAuthorisedError):
            gazette.open_issue(unit=bureau, title="甲", year=2024, number=9, user=user, day=TODAY)


def address(name, *args):
    return reverse(f"records:gazette{name}", args=args)


def test_an_issue_is_made_in_the_browser(signed_on, staff, bureau, published):
    record = published()
    client = signed_on(staff.head)
    client.post(address("-list"), {"unit": bureau.pk, "title": "海岚市水利公报", "year": 2024, "number": 3})
    issue = GazetteIssue.objects.get()
    client.post(address("-place", issue.pk), {"record": "岚水[2024]12号"})
    client.post(address("-distribute", issue.pk), {"copies": "市档案馆 2\n\n市图书馆　3"})
    client.post(address("-move-up", issue.entries.get().pk))
    page = client.get(address("", issue.pk)).content.decode()
    assert (record.title in page, "赠阅（2 处，5 份）" in page, "签发出刊" in page) == (True, True, True)
    client.post(address("-publish", issue.pk))
    issue.refresh_from_db()
    printed = client.get(address("-print", issue.pk)).content.decode()
    assert (issue.published_on is not None, "现将办法印发你们" in printed, "市图书馆 3 份" in printed) == (True,) * 3
    assert "出刊后目录" not in client.get(address("", issue.pk)).content.decode()
    refused = client.post(address("-take-out", issue.entries.get().pk), follow=True).content.decode()
    assert ("不能再改动" in refused, issue.entries.count()) == (True, 1)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("-place", {"record": "岚水〔2024〕99号"}, "没有文号或索引号为"),
        ("-distribute", {"copies": "市档案馆"}, "应为名称和份数"),
        ("-distribute", {"copies": "甲 1\n甲 2"}, "列了两次"),
        ("-distribute", {"copies": "甲 9999999"}, "应为名称和份数"),
    ],
)
def test_what_cannot_be_comes_back_with_a_reason(signed_on, staff, begin, name, data, words):
    issue = begin()
    response = signed_on(staff.author).post(address(name, issue.pk), data)
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_a_number_given_twice_comes_back(signed_on, staff, bureau, begin):
    begin(1)
    data = {"unit": bureau.pk, "title": "甲", "year": 2024, "number": 1}
    response = signed_on(staff.author).post(address("-list"), data)
    assert (response.status_code, GazetteIssue.objects.count()) == (422, 1)


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_an_issue_of_another_unit_does_not_exist(signed_on, issue_of_two, request, who):
    client = signed_on(request.getfixturevalue(who))
    entry = issue_of_two.entries.first()
    for name in ("", "-print"):
        assert client.get(address(name, issue_of_two.pk)).status_code == 404
    for name in ("-place", "-distribute", "-publish"):
        assert client.post(address(name, issue_of_two.pk), {}).status_code == 404
    for name in ("-move-up", "-take-out"):
        assert client.post(address(name, entry.pk)).status_code == 404
    assert str(issue_of_two) not in client.get(address("-list")).content.decode()


def test_the_auditor_reads_and_changes_nothing(signed_on, auditor, issue_of_two):
    client = signed_on(auditor)
    page = client.get(address("", issue_of_two.pk)).content.decode()
    assert ("甲办法" in page, "编入" in page, "签发出刊" in page) == (True, False, False)
    client.post(address("-publish", issue_of_two.pk))
    client.post(address("-take-out", issue_of_two.entries.first().pk))
    issue_of_two.refresh_from_db()
    assert (issue_of_two.published_on, issue_of_two.entries.count()) == (None, 2)
    assert client.get(address("-publish", issue_of_two.pk)).status_code == 405


def test_the_pages_take_the_same_queries_however_long(signed_on, staff, begin, published, act):
    issue = begin(100)

    def add(number):
        begin(number)
        record = published(document_number=f"岚水〔2024〕{number}号")
        gazette.place(issue=issue, record=record, **act)

    pages = [address("-list"), address("", issue.pk), address("-print", issue.pk)]
    add(1)
    client = signed_on(staff.author)
    one = [count_queries(client, page) for page in pages]
    add(2)
    add(3)
    assert ([count_queries(client, page) for page in pages], max(one) <= 8) == (one, True)
