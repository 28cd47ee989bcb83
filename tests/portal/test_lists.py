"""Lists: what they narrow by, how they are paged, and what nonsense in the address does to them."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from builders.city import unit
from gongkai.decisions.masking import masked
from gongkai.decisions.models import Decision, ImportBatch, PublishedDecision
from gongkai.law.scope import scope_items
from gongkai.portal.elsewhere import _written, elsewhere
from gongkai.portal.models import KeyArea
from gongkai.records.models import (
    Category,
    CleanUp,
    CleanUpLine,
    GazetteEntry,
    GazetteIssue,
    ServiceItem,
    Stage,
    Validity,
)
from gongkai.windows import windowed
from portal.conftest import DAY

pytestmark = pytest.mark.django_db


def words(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.fixture
def library(make, bureau):
    other = unit("HL-011", "海岚市教育局")
    return {
        "通知": make("供水通知", scope_item="20.03"),
        "规范": make("供水办法", category=Category.NORMATIVE, subject="综合政务"),
        "旧规": make("旧供水办法", category=Category.NORMATIVE, validity=Validity.REPEALED, validity_since=DAY),
        "学校": make("招生通知", unit=other, published_on=date(2023, 5, 1), made_on=date(2023, 4, 1)),
        "解读": make("供水办法解读", category=Category.INTERPRETATION),
        "公告": make("停水公告", category=Category.NOTICE),
    }


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/policies/", {"供水通知", "供水办法", "旧供水办法", "招生通知"}),
        ("/policies/?category=normative", {"供水办法", "旧供水办法"}),
        ("/policies/?unit=HL-011", {"招生通知"}),
        ("/policies/?year=2023", {"招生通知"}),
        ("/policies/?validity=repealed", {"旧供水办法"}),
        ("/policies/?subject=综合政务", {"供水办法"}),
        ("/policies/?unit=HL-011&year=2024", set()),
        ("/normative/", {"供水办法", "旧供水办法"}),
        ("/normative/?validity=in_force", {"供水办法"}),
        ("/interpretations/", {"供水办法解读"}),
        ("/open/items/20.03/", {"供水通知"}),
        ("/units/HL-010/", {"供水通知", "供水办法", "旧供水办法", "供水办法解读", "停水公告"}),
        # What makes no sense is left out.
        (
            "/policies/?category=secret&unit=HL-999&year=abc&validity=x",
            {"供水通知", "供水办法", "旧供水办法", "招生通知"},
        ),
        ("/policies/?category=notice", {"供水通知", "供水办法", "旧供水办法", "招生通知"}),
    ],
)
def test_a_list_holds_what_fits(client, library, path, shown):
    page = words(client, path)
    assert {title for title in (one.title for one in library.values()) if f">{title}</a>" in page} == shown


def test_an_item_leads_to_where_else_its_information_stands(client, library):
    KeyArea.objects.create(slug="budgets", name="财政预决算", scope_items=["20.07"])
    codes = {one.code for one in scope_items()}
    led = {code: elsewhere(code) for code in codes}
    assert {code for code, places in led.items() if places} >= {"20.01", "20.02", "20.05", "20.06", "20.07", "20.08"}
    assert [place.address for place in led["20.07"]] == ["/key-areas/budgets/"]
    for code, places in led.items():
        page = words(client, f"/open/items/{code}/")
        assert ("这一类也在：" in page) == bool(places)
        for place in places:
            assert f'<a href="{place.address}">{place.label}</a>' in page
            assert client.get(place.address).status_code == 200, place
    assert _written().keys() <= codes


@pytest.mark.parametrize(
    ("path", "said", "dropped"),
    [
        ("/policies/?year=1815&unit=HL-010", "发布年份“1815”", '?unit=HL-010"'),
        ("/policies/?unit=NOPE", "机构“NOPE”", '?"'),
        ("/normative/?validity=zzz", "有效性“zzz”", '?"'),
        ("/policies/?unit=<b>&validity=zzz", "机构“&lt;b&gt;”、有效性“zzz”", '?"'),
        ("/decisions/?unit=NOPE&kind=permit", "机构“NOPE”", '?kind=permit"'),
        ("/services/?unit=NOPE", "机构“NOPE”", '?"'),
    ],
)
def test_a_condition_nothing_can_meet_is_said_to_be_left_out(client, library, path, said, dropped):
    page = words(client, path)
    assert f"{said}不是本页可以选择的条件，没有采用" in page
    assert f'<a href="{dropped}>去掉这个条件</a>' in page
    assert '<meta name="robots" content="noindex">' in page
    clean = words(client, path.partition("?")[0] + "?unit=HL-010&year=")
    assert "没有采用" not in clean
    assert "noindex" not in clean


def test_an_empty_list_blames_no_condition_that_nobody_set(client, library):
    assert "这一栏里还没有发布信息" in words(client, "/open/items/20.02/")
    assert "放宽条件" not in words(client, "/open/items/20.02/")
    assert "没有符合条件的信息。可以放宽条件" in words(client, "/open/items/20.02/?year=2024")
    assert "还没有发布信息" not in words(client, "/open/items/20.03/")


@pytest.mark.parametrize("given", ["0", "-1", "abc", "1e9", "９９", "9" * 400, "2147483648", "%00", "3.5", " 2", "٣"])
def test_a_forged_page_number_is_a_page_all_the_same(client, library, given):
    assert "供水通知" in words(client, f"/policies/?page={given}")


def test_pages_follow_one_another_and_keep_the_filter(client, make):
    for number in range(45):
        make(f"通知{number:02d}号")
    first = words(client, "/policies/?year=2024")
    assert "第 1 页，共 3 页（45 条）" in first
    assert "?year=2024&amp;page=2" in first
    assert first.count('<li class="line">') == 20
    assert "通知44号" in first
    assert words(client, "/policies/?year=2024&page=3").count('<li class="line">') == 5
    assert words(client, "/policies/?year=2024&page=99") == words(client, "/policies/?year=2024&page=3")


def test_a_list_is_counted_no_further_than_it_is_paged(client, make, monkeypatch):
    monkeypatch.setattr(windowed, "MOST", 40)
    for number in range(45):
        make(f"通知{number:02d}号")
    page = words(client, "/policies/?page=99")
    assert "第 2 页，共 2 页（40 条以上，请用条件缩小范围）" in page


@pytest.mark.parametrize(
    "path",
    ["/", "/policies/?unit=HL-010&year=2024", "/normative/", "/interpretations/", "/open/items/20.03/", "/decisions/"],
)
def test_a_list_takes_a_handful_of_queries(client, library, kept, path, django_assert_max_num_queries):
    # The units, the first and the last year, the clean-ups, the count and the page itself.
    with django_assert_max_num_queries(6):
        words(client, path)


def test_a_list_takes_two_queries_when_what_every_page_asks_for_is_remembered(
    client, library, kept, django_assert_max_num_queries
):
    words(client, "/policies/?year=2024")
    with django_assert_max_num_queries(2):
        words(client, "/policies/?year=2023")
    with django_assert_max_num_queries(0):
        words(client, "/policies/?year=2023")


def test_an_unknown_item_or_unit_leads_nowhere_in_words(client, library):
    for path in ("/open/items/99.99/", "/units/HL-999/", "/units/HL-999/items/", "/gazette/9/", "/nowhere/"):
        response = client.get(path)
        assert response.status_code == 404
        assert "没有这个页面" in response.content.decode()


def test_a_public_page_takes_no_post(client, library):
    assert client.post("/policies/").status_code == 405


def test_a_closed_clean_up_is_shown_and_an_open_one_is_not(client, library, bureau):
    fields = {"lead": bureau, "year": 2024, "basis": "甲", "opened_on": DAY, "due_on": DAY}
    author = library["规范"].author
    closed = CleanUp.objects.create(
        title="二〇二四年清理", opened_by=author, closed_on=DAY, document="岚政〔2024〕9号", digest="0", **fields
    )
    open_one = CleanUp.objects.create(title="尚未结束的清理", opened_by=author, **fields)
    for clean_up in (closed, open_one):
        for record in (library["规范"], library["旧规"]):
            CleanUpLine.objects.create(
                clean_up=clean_up,
                record=record,
                unit=bureau,
                outcome="kept",
                reason="内部理由",
                title=record.title,
                made_on=DAY,
            )
    listing = words(client, "/normative/")
    assert "二〇二四年清理" in listing
    assert "尚未结束的清理" not in listing
    page = words(client, reverse("portal:clean_up", args=[closed.pk]))
    assert page.count("继续有效") == 2
    assert "内部理由" not in page
    assert client.get(reverse("portal:clean_up", args=[open_one.pk])).status_code == 404


def test_an_issue_of_the_gazette_leads_to_its_documents(client, library, bureau):
    issue = GazetteIssue.objects.create(
        unit=bureau, title="海岚市人民政府公报", year=2024, number=3, published_on=DAY, digest="0"
    )
    draft = GazetteIssue.objects.create(unit=bureau, title="海岚市人民政府公报", year=2024, number=4)
    gone = library["公告"]
    for position, record in enumerate((library["规范"], gone), start=1):
        GazetteEntry.objects.create(issue=issue, position=position, record=record, title=record.title)
    gone.stage, gone.withdrawn_reason = Stage.WITHDRAWN, "个人隐私"
    gone.save()
    listing = words(client, "/gazette/")
    assert "2024 年第 3 期" in listing
    assert "第 4 期" not in listing
    library["规范"].title = "供水办法（更正后）"
    library["规范"].save()
    page = words(client, reverse("portal:issue", args=[issue.pk]))
    assert "供水办法（更正后）" in page
    assert reverse("portal:record", args=[library["规范"].pk]) in page
    assert "停水公告" not in page
    assert "该文件已撤下" in page
    assert client.get(reverse("portal:issue", args=[draft.pk])).status_code == 404


NAMES = ("陈水生", "陈生", "陈", "阿依古丽·买买提", "欧阳水生")


@pytest.fixture
def decisions(make, bureau):
    author = make().author
    batch = ImportBatch.objects.create(
        dataset="decisions", unit=bureau, user=author, name="a.csv", digest="0", size=1, format="csv", day=DAY
    )
    rows = [
        Decision(
            unit=bureau,
            kind="penalty" if number % 2 else "permit",
            number=f"岚水罚〔2024〕{number}号",
            party=name,
            party_kind="person",
            item="超标取水",
            decided_on=DAY,
            published_on=DAY,
            batch=batch,
            row=number,
        )
        for number, name in enumerate(NAMES)
    ]
    rows[0].party_kind = "person"
    rows.append(
        Decision(
            unit=bureau,
            kind="permit",
            number="岚水许〔2024〕90号",
            party="海岚水务有限公司",
            party_kind="organisation",
            item="取水许可",
            decided_on=DAY,
            published_on=DAY,
            batch=batch,
            row=90,
        )
    )
    rows.append(
        Decision(
            unit=bureau,
            kind="permit",
            number="岚水许〔2024〕91号",
            party="未公示公司",
            party_kind="organisation",
            item="取水许可",
            decided_on=DAY,
            batch=batch,
            row=91,
        )
    )
    rows.append(
        Decision(
            unit=bureau,
            kind="permit",
            number="岚水许〔2024〕92号",
            party="已撤回公司",
            party_kind="organisation",
            item="取水许可",
            decided_on=DAY,
            published_on=DAY,
            withdrawn_on=DAY,
            state="annulled",
            state_on=DAY,
            batch=batch,
            row=92,
        )
    )
    return Decision.objects.bulk_create(rows)


def test_the_database_masks_the_names_of_people_as_the_rule_does(decisions):
    shown = dict(PublishedDecision.objects.values_list("number", "party"))
    for number, name in enumerate(NAMES):
        assert shown[f"岚水罚〔2024〕{number}号"] == masked(name)
    assert shown["岚水许〔2024〕90号"] == "海岚水务有限公司"


def test_a_number_no_database_takes_is_a_number_that_nothing_bears(client, decisions):
    assert "没有符合条件的决定" in words(client, "/decisions/?number=%00x")
    assert client.get("/number/HL%00/").status_code == 404


def test_decisions_on_notice_are_listed_and_the_others_are_not(client, decisions):
    page = words(client, "/decisions/")
    assert "海岚水务有限公司" in page
    for hidden in ("未公示公司", "已撤回公司", "陈水生", "买买提"):
        assert hidden not in page
    assert words(client, "/decisions/?kind=penalty").count("超标取水") == 2
    assert "海岚水务有限公司" in words(client, "/decisions/?number=岚水许〔2024〕90号")
    assert "没有符合条件的决定" in words(client, "/decisions/?number=岚水许〔2024〕91号")
    for one in decisions:
        status = client.get(reverse("portal:decision", args=[one.pk])).status_code
        assert status == (200 if one.published_on and not one.withdrawn_on else 404)


def test_the_lists_of_items_show_what_stands_today(client, bureau):
    fields = {"unit": bureau, "kind": "permit"}
    ServiceItem.objects.create(name="取水许可", begins_on=date(2020, 1, 1), **fields)
    ServiceItem.objects.create(name="已取消事项", begins_on=date(2020, 1, 1), ends_on=date(2021, 1, 1), **fields)
    ServiceItem.objects.create(name="将来的事项", begins_on=date(2099, 1, 1), **fields)
    page = words(client, "/units/HL-010/items/")
    assert "取水许可" in page
    assert "已取消事项" not in page
    assert "将来的事项" not in page


def test_feeds_are_atom_with_permanent_addresses(client, library):
    for path in ("/feeds/latest.atom", "/feeds/units/HL-010.atom"):
        root = ET.fromstring(client.get(path).content)
        space = "{http://www.w3.org/2005/Atom}"
        entries = root.findall(f"{space}entry")
        assert entries
        for entry in entries:
            assert entry.find(f"{space}link").get("href").startswith("https://www.example.gov.cn/records/")


def test_the_map_for_machines_names_every_published_record_and_every_column(client, library, bureau):
    issue = GazetteIssue.objects.create(
        unit=bureau, title="海岚市人民政府公报", year=2024, number=3, published_on=DAY, digest="0"
    )
    issue = reverse("portal:issue", args=[issue.pk])
    root = ET.fromstring(client.get("/sitemap.xml").content)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    parts = [one.text for one in root.iter(f"{space}loc")]
    found = set()
    for part in parts:
        path = part.removeprefix("https://www.example.gov.cn")
        found |= {one.text for one in ET.fromstring(client.get(path).content).iter(f"{space}loc")}
    site = "https://www.example.gov.cn"
    records = {address for address in found if "/records/" in address}
    assert records == {f"{site}/records/{one.pk}/" for one in library.values()}
    assert found >= {
        f"{site}{path}"
        for path in ("/", "/policies/", "/gazette/", issue, "/open/items/20.01/", "/units/HL-010/", "/reports/")
    }
    for address in found - records:
        assert client.get(address.removeprefix(site)).status_code == 200, address
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: https://www.example.gov.cn/sitemap.xml" in robots
