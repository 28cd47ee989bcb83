"""Lists of items: what stands on them on a day, the year's change, and files of them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from builders.pages import count_queries
from gongkai.journal.models import Entry
from gongkai.records.domain import items
from gongkai.records.errors import IncompleteError, NotAuthorisedError
from gongkai.records.errors_upkeep import ItemFileError, ServiceItemError
from gongkai.records.models import ItemImport, ItemKind, ServiceItem
from gongkai.records.queries.items import item_counts, on

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)
HEAD = "清单,事项编码,事项名称,列入日,取消日,依据\n"


@pytest.fixture
def put_on(bureau, staff):
    def put(name="河道采砂许可", kind=ItemKind.PERMIT, begins_on=date(2020, 1, 1)):
        return items.put_on(
            unit=bureau, kind=kind, name=name, begins_on=begins_on, basis="权责清单", user=staff.author, day=TODAY
        )

    return put


@pytest.fixture
def read(bureau, staff):
    def reading(text, name="清单.csv"):
        data = text if isinstance(text, bytes) else text.encode()
        return items.read_file(unit=bureau, data=data, name=name, user=staff.author, day=TODAY)

    return reading


def take_off(item, staff, ends_on=date(2024, 3, 1), basis="取消决定"):
    return items.take_off(item=item, ends_on=ends_on, basis=basis, user=staff.author, day=TODAY)


def counted(year, bureau, kind=ItemKind.PERMIT):
    line = next(line for line in item_counts(year, [bureau.pk]) if line.kind == kind)
    return line.stock, line.added, line.removed, line.change


def test_the_stock_and_the_change_of_a_year(bureau, staff, put_on):
    old = put_on("取水许可")
    put_on("河道采砂许可", begins_on=date(2023, 12, 31))
    put_on("水工程审批", begins_on=date(2024, 1, 1))
    brief = put_on("临时占用许可", begins_on=date(2024, 2, 1))
    take_off(old, staff)
    take_off(brief, staff, ends_on=date(2024, 12, 31))
    assert [counted(year, bureau) for year in (2019, 2020, 2023, 2024, 2025)] == [
        (0, 0, 0, 0),
        (1, 1, 0, 1),
        (2, 1, 0, 1),
        (2, 2, 2, 0),
        (2, 0, 0, 0),
    ]


def test_the_day_an_item_is_taken_off_is_its_first_day_off_the_list(bureau, staff, put_on):
    take_off(put_on(), staff, ends_on=date(2024, 3, 1))
    assert [on(day, [bureau.pk]).count() for day in (date(2024, 2, 29), date(2024, 3, 1))] == [1, 0]


def test_every_list_is_counted_and_an_empty_one_is_nought(bureau, other_bureau, put_on):
    put_on(kind=ItemKind.CHARGE)
    assert [(line.label, line.stock) for line in item_counts(2024, [bureau.pk])] == [
        ("行政许可", 0),
        ("其他对外管理服务事项", 0),
        ("行政处罚", 0),
        ("行政强制", 0),
        ("行政事业性收费", 1),
        ("证明事项", 0),
        ("最多跑一趟事项", 0),
    ]
    assert sum(line.stock for line in item_counts(2024, [other_bureau.pk])) == 0


def test_an_item_taken_off_may_come_back_and_never_stands_twice(staff, put_on):
    first = put_on()
    with pytest.raises(ServiceItemError, match="在 2020-01-01 至 今 已列入该清单"):
        put_on(begins_on=date(2024, 5, 1))
    take_off(first, staff)
    with pytest.raises(ServiceItemError, match="2020-01-01 至 2024-03-01"):
        put_on(begins_on=date(2024, 2, 1))
    put_on(begins_on=date(2024, 3, 1))
    assert ServiceItem.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"kind": "nothing"}, IncompleteError, "请选择清单"),
        ({"name": " "}, IncompleteError, "请填写事项名称"),
    ],
)
def test_an_item_has_a_list_and_a_name(bureau, staff, changed, error, words):
    fields = {"kind": ItemKind.PERMIT, "name": "取水许可", "begins_on": TODAY, "basis": ""} | changed
    with pytest.raises(error, match=words):
        items.put_on(unit=bureau, user=staff.author, day=TODAY, **fields)


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"ends_on": date(2020, 1, 1)}, ServiceItemError, "取消日须晚于列入日 2020-01-01"),
        ({"basis": " "}, IncompleteError, "取消事项须有依据"),
    ],
)
def test_an_item_ends_after_it_began_for_a_reason(staff, put_on, changed, error, words):
    item = put_on()
    with pytest.raises(error, match=words):
        take_off(item, staff, **changed)


def test_an_item_is_taken_off_once(staff, put_on):
    item = put_on()
    take_off(item, staff)
    with pytest.raises(ServiceItemError, match="已自 2024-03-01 起取消"):
        take_off(item, staff)


def test_only_the_unit_s_people_keep_its_lists(bureau, staff, stranger, put_on):
    item = put_on()
    for user in (stranger, staff.secrecy):
        with pytest.raises(NotAuthorisedError):
            items.put_on(unit=bureau, kind="permit", name="甲", begins_on=TODAY, basis="", user=user, day=TODAY)
        with pytest.raises(NotAuthorisedError):
            items.take_off(item=item, ends_on=TODAY, basis="甲", user=user, day=TODAY)
        with pytest.raises(NotAuthorisedError):
            items.read_file(unit=bureau, data=HEAD.encode(), name="清单.csv", user=user, day=TODAY)


def test_the_good_rows_go_in_and_the_bad_ones_come_back(bureau, read):
    entry = read(
        HEAD + "行政许可,A1,取水许可,2020-01-01,,权责清单\n"
        "行政许可,A2,河道采砂许可,2020/01/01,2024-05-01,\n"
        ",,,,,\n"
        "许可,A3,甲,2020-01-01,,\n"
        "行政处罚,,,2020-01-01,,\n"
        "行政处罚,,乙,2024年,,\n"
        "行政处罚,,丙,2024-02-01,2024-02-01,\n"
        f"行政处罚,,{'长' * 201},2024-02-01,,\n"
        "行政许可,A1,取水许可,2021-01-01,,\n"
        "行政许可,,=HYPERLINK(1),昨天,,\n"
    )
    assert (entry.added, entry.known, entry.refused) == (2, 0, 7)
    assert [(item.name, item.ends_on) for item in ServiceItem.objects.order_by("code")] == [
        ("取水许可", None),
        ("河道采砂许可", date(2024, 5, 1)),
    ]
    problems = [line.rsplit(",", 1)[1] for line in entry.errors.splitlines()[1:]]
    assert [problem.split("：")[0] for problem in problems] == [f"第 {number} 行" for number in (5, 6, 7, 8, 9, 10, 11)]
    assert [
        words in problem
        for words, problem in zip(
            ("清单“许可”不是", "缺少事项名称", "不是日期", "不晚于列入日", "超过 200 字", "已列入该清单", "不是日期"),
            problems,
            strict=True,
        )
    ] == [True] * 7
    assert "'=HYPERLINK" in entry.errors
    assert Entry.objects.get(act="records.items_imported").detail["refused"] == 7


def test_a_file_read_twice_doubles_nothing(read):
    text = HEAD + "行政许可,A1,取水许可,2020-01-01,,权责清单\n"
    read(text)
    again = read(text)
    assert (again.added, again.known, again.refused, ServiceItem.objects.count()) == (0, 1, 0, 1)


def test_a_later_file_takes_an_item_off_and_contradicts_none(read):
    read(HEAD + "行政许可,A1,取水许可,2020-01-01,,权责清单\n")
    ended = read(HEAD + "行政许可,A1,取水许可,2020-01-01,2024-05-01,取消决定\n")
    item = ServiceItem.objects.get()
    assert (ended.known, item.ends_on, item.end_basis) == (1, date(2024, 5, 1), "取消决定")
    other = read(HEAD + "行政许可,A1,取水许可,2020-01-01,2024-06-01,\n")
    assert (other.refused, "取消日为 2024-05-01" in other.errors) == (1, True)


def test_an_item_that_comes_and_goes_within_one_file(read):
    entry = read(
        HEAD + "行政许可,,甲,2020-01-01,,\n行政许可,,甲,2020-01-01,2021-01-01,取消\n行政许可,,甲,2022-01-01,,\n"
    )
    assert (entry.added, entry.known) == (2, 1)
    assert list(ServiceItem.objects.values_list("ends_on", flat=True)) == [date(2021, 1, 1), None]


def test_a_file_of_the_office_programs_is_read_in_their_encoding(read):
    assert read((HEAD + "行政许可,A1,取水许可,2020-01-01,,\n").encode("gb18030")).added == 1
    assert read(b"\xef\xbb\xbf" + (HEAD + "证明事项,,收入证明,2020-01-01,,\n").encode()).added == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x00\xff\xff", "不是文本文件"),
        (b"\x00\x00\x00\x00", "不是文本文件"),
        (b"", "表头应为"),
        ("名称,日期\n甲,2020-01-01\n".encode(), "表头应为"),
        (HEAD.encode() + ("甲" * 200_000).encode(), "不是 CSV"),
        (HEAD.encode() + b"x" * items.MAX_BYTES, "超过 5 MB"),
        (HEAD.encode() + "甲,,,,,\n".encode() * (items.MAX_ROWS + 1), "超过 20000 行"),
    ],
    ids=["archive", "zeros", "empty", "header", "field", "size", "rows"],
)
def test_what_is_no_list_is_refused_whole(read, data, words):
    with pytest.raises(ItemFileError, match=words):
        read(data)
    assert (ItemImport.objects.count(), ServiceItem.objects.count()) == (0, 0)


def address(name, *args):
    return reverse(f"records:item{name}", args=args)


def upload(client, bureau, text, name="清单.csv"):
    data = {"import": "1", "unit": bureau.pk, "file": SimpleUploadedFile(name, text.encode())}
    return client.post(address("-new"), data, follow=True)


def test_an_item_is_put_on_and_taken_off_in_the_browser(signed_on, bureau, staff):
    client = signed_on(staff.author)
    data = {"unit": bureau.pk, "kind": "permit", "name": "取水许可", "begins_on": "2020-01-01", "basis": "权责清单"}
    client.post(address("-new"), data)
    again = client.post(address("-new"), data)
    assert (again.status_code, "已列入该清单" in again.content.decode()) == (422, True)
    item = ServiceItem.objects.get()
    assert "取水许可" in client.get(address("s"), {"kind": "permit", "day": "2024-06-01"}).content.decode()
    assert "取水许可" not in client.get(address("s"), {"kind": "charge"}).content.decode()
    assert "取水许可" not in client.get(address("s"), {"day": "2019-06-01"}).content.decode()
    bad = client.post(address("", item.pk), {"ends_on": "2019-01-01", "basis": "取消决定"})
    assert (bad.status_code, "须晚于 2020-01-01" in bad.content.decode()) == (422, True)
    client.post(address("", item.pk), {"ends_on": "2024-01-01", "basis": "取消决定"})
    page = client.get(address("", item.pk)).content.decode()
    assert ("2024-01-01 取消（取消决定）" in page, "取消事项" in page) == (True, False)


def test_a_file_is_read_and_its_bad_rows_sent_back(signed_on, bureau, staff, stranger):
    client = signed_on(staff.author)
    page = upload(client, bureau, HEAD + "行政许可,,取水许可,2020-01-01,,\n许可,,乙,2020-01-01,,\n").content.decode()
    entry = ItemImport.objects.get()
    assert ("1 行" in page, address("-errors", entry.pk) in page) == (True, True)
    sent = client.get(address("-errors", entry.pk))
    assert (
        sent.content.decode("utf-8-sig").splitlines()[1].startswith("许可,,乙"),
        "attachment" in sent["Content-Disposition"],
    ) == (True, True)
    assert signed_on(stranger).get(address("-errors", entry.pk)).status_code == 404


@pytest.mark.parametrize(
    ("text", "words"), [("甲,乙\n", "表头应为"), ("x" * (items.MAX_BYTES + 1), "超过 5 MB"), ("", "空")]
)
def test_what_is_no_list_comes_back_with_a_reason(signed_on, bureau, staff, text, words):
    response = upload(signed_on(staff.author), bureau, text)
    assert (response.status_code, words in response.content.decode(), ItemImport.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_the_items_of_another_unit_do_not_exist(signed_on, bureau, put_on, request, who):
    item = put_on()
    client = signed_on(request.getfixturevalue(who))
    assert client.post(address("", item.pk), {"ends_on": "2024-01-01", "basis": "甲"}).status_code == 404
    assert item.name not in client.get(address("s")).content.decode()
    client.post(address("-new"), {"unit": bureau.pk, "kind": "permit", "name": "甲", "begins_on": "2020-01-01"})
    upload(client, bureau, HEAD)
    assert (ServiceItem.objects.count(), ItemImport.objects.count()) == (1, 0)


def test_the_auditor_reads_and_changes_nothing(signed_on, auditor, bureau, put_on):
    item = put_on()
    client = signed_on(auditor)
    page = client.get(address("s")).content.decode()
    assert (item.name in page, address("-new") in page) == (True, False)
    client.post(address("", item.pk), {"ends_on": "2024-01-01", "basis": "甲"})
    assert client.get(address("-new")).status_code == 302
    assert ServiceItem.objects.get().ends_on is None


def test_the_pages_take_the_same_queries_however_long(signed_on, staff, put_on, read):
    item = put_on("甲")
    read(HEAD)
    client = signed_on(staff.author)
    pages = [address("s"), address("-new"), address("", item.pk)]
    one = [count_queries(client, page) for page in pages]
    for name in ("乙", "丙"):
        put_on(name)
        read(HEAD)
    assert ([count_queries(client, page) for page in pages], max(one) <= 8) == (one, True)
