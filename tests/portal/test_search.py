"""The search page: what it finds and shows, and what nonsense does to it."""

from xml.etree import ElementTree as ET

import pytest

from builders.city import unit
from gongkai.indexing import building
from gongkai.indexing.place import PUBLIC
from gongkai.portal.models import Service, ServiceStage
from gongkai.records.models import Category, Stage, Validity
from portal.conftest import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(make):
    other = unit("HL-011", "海岚市教育局")
    made = {
        "办法": make("农村供水工程管理办法", category=Category.NORMATIVE, document_number="岚水规〔2024〕7号"),
        "旧办法": make(
            "农村供水管理暂行规定", category=Category.NORMATIVE, validity=Validity.REPEALED, validity_since=DAY
        ),
        "解读": make("农村供水工程管理办法政策解读", category=Category.INTERPRETATION),
        "学校": make("学校供水改造通知", unit=other, body="<p>学校 &lt;b&gt;供水&lt;/b&gt; 改造</p>"),
        "草稿": make("供水秘密草稿", stage=Stage.DRAFT, index_number=None, published_on=None),
    }
    building.rebuild()
    return made


def words(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_what_holds_the_words_is_found_and_marked(client, library):
    page = words(client, "/search/?q=供水")
    assert "找到 4 条" in page
    assert "农村<mark>供水</mark>工程管理办法" in page
    assert "秘密" not in page
    assert f'href="/records/{library["学校"].pk}/"' in page


def test_the_words_of_a_text_are_never_elements(client, library):
    page = words(client, "/search/?q=学校")
    assert "&lt;b&gt;供水&lt;/b&gt;" in page
    assert "<b>供水" not in page
    hostile = words(client, '/search/?q="><script>alert(1)</script>')
    assert "<script>alert" not in hostile


def test_a_document_is_found_by_its_number_in_any_spelling(client, library):
    for typed in ("岚水规〔2024〕7号", "岚水规[2024]7号", "岚水规 2024 7 号", "岚水规（2024）7号"):
        assert f'href="/records/{library["办法"].pk}/"' in words(client, f"/search/?q={typed}"), typed


def test_a_unit_leads_on_to_its_guide_its_reports_and_its_lists(client, library):
    page = words(client, "/search/?q=海岚市教育局")
    for way in ("/units/HL-011/#guide", "/units/HL-011/#reports", "/units/HL-011/items/"):
        assert f'<a href="{way}">' in page


def test_a_service_leads_on_to_where_it_is_dealt_with(client, library):
    service = Service.objects.create(
        unit=library["学校"].unit,
        code="350582-1",
        name="民办学校取水许可",
        link="https://zwfw.example.gov.cn/1",
        stage=ServiceStage.LISTED,
        updated_on=DAY,
    )
    building.rebuild()
    page = words(client, "/search/?q=取水许可")
    assert f'href="/services/{service.pk}/"' in page
    assert '<a href="https://zwfw.example.gov.cn/1" rel="noopener external">到省网上办事大厅办理</a>' in page


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [
        ("kind=interpretation", 1),
        ("unit=HL-011", 1),
        ("validity=repealed", 1),
        ("year=2024", 4),
        ("year=1999", 0),
        ("unit=HL-011&validity=repealed", 0),
        ("unit=' OR 1=1 --", 0),
        (f"unit={'x' * 3000}", 4),
    ],
)
def test_a_facet_narrows_and_its_count_is_what_is_found(client, library, narrowed, count):
    assert f"找到 {count} 条" in words(client, f"/search/?q=供水&{narrowed}")


def test_each_facet_leads_to_as_many_as_it_says(client, library):
    import re  # noqa: PLC0415 -- for this one walk

    page = words(client, "/search/?q=供水")
    links = re.findall(r'<li><a rel="nofollow" href="(\?[^"]+)">[^<]+</a><span>(\d+)</span></li>', page)
    assert len(links) >= 6
    for address, count in links:
        assert f"找到 {count} 条" in words(client, "/search/" + address.replace("&amp;", "&"))


def test_what_was_probably_meant_is_offered(client, library):
    page = words(client, "/search/?q=农村供谁工程管理办法")
    assert f'href="/records/{library["办法"].pk}/"' in page


HOSTILE = [
    "供水" * 5000,
    "a" * 10_240,
    "\x00供水\x1f",
    "供水\u202e\u200b",
    '"供水',
    '"""',
    "(((供水",
    "供水 AND OR NOT -供水 +供水",
    "title:供水^9~2*?",
    "\\",
    "%",
    "'; DROP TABLE records_record; --",
    "😀",
    "〔〕",
    " ",
    "\ud800",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_a_clear_page(client, library, typed):
    for path in ("/search/", "/search/suggested/", "/feeds/search.atom"):
        response = client.get(path, {"q": typed.encode("utf-8", "surrogatepass")})
        assert response.status_code == 200
        assert len(response.content) < 200_000


def test_a_forged_page_lies_within_the_window(client, library):
    for page in ("0", "-3", "x", "9999", "10000000000"):
        assert "找到 4 条" in words(client, f"/search/?q=供水&page={page}")


def test_an_engine_that_does_not_answer_is_an_error_and_never_an_empty_list(client, library):
    (PUBLIC.shown() / "current").unlink()
    for path in ("/search/?q=供水", "/feeds/search.atom?q=供水"):
        response = client.get(path)
        assert response.status_code == 503
        assert "检索服务没有应答" in response.content.decode()
        assert response["Cache-Control"] == "no-store"
    assert client.get("/search/suggested/?q=供").json() == []


def test_what_was_just_withdrawn_is_not_shown_though_the_index_still_has_it(client, library):
    record = library["学校"]
    record.stage, record.withdrawn_reason = Stage.WITHDRAWN, "有误"
    record.save()
    page = words(client, "/search/?q=供水")
    assert "改造通知" not in page.replace("<mark>", "").replace("</mark>", "")
    assert "农村<mark>供水</mark>工程管理办法" in page


def test_a_feed_follows_a_search(client, library):
    root = ET.fromstring(client.get("/feeds/search.atom?q=供水").content)
    titles = [
        one.find("{http://www.w3.org/2005/Atom}title").text for one in root.iter("{http://www.w3.org/2005/Atom}entry")
    ]
    assert sorted(titles) == sorted(library[name].title for name in ("办法", "旧办法", "解读", "学校"))


def test_beginnings_are_completed_in_characters_and_initials(client, library):
    for typed in ("农村供", "nongcun", "ncgs"):
        assert "农村供水工程管理办法" in client.get("/search/suggested/", {"q": typed}).json(), typed
    assert "供水秘密草稿" not in client.get("/search/suggested/", {"q": "供水"}).json()


def test_a_search_takes_few_queries(client, library, kept, django_assert_max_num_queries):
    # What is published of what was found, the names of the units, and what was asked counted in a savepoint.
    with django_assert_max_num_queries(5):
        words(client, "/search/?q=供水")


def test_a_page_beyond_the_last_shows_the_last(client, make):
    for number in range(11):
        make(f"停水公告{number}")
    building.rebuild()
    page = words(client, "/search/?q=停水公告&page=99")
    assert "找到 11 条" in page
    assert "第 2 页，共 2 页" in page
    assert 'class="line hit"' in page
    assert "没有找到" not in page


def test_a_unit_in_the_results_is_of_no_day(client, library):
    page = words(client, "/search/?q=教育局&kind=unit")
    assert 'href="/units/HL-011/"' in page
    assert "-01-01" not in page
    assert "年份" not in page


def test_a_unit_is_found_by_its_everyday_name(client, make):
    bureau = unit("HL-020", "海岚市人力资源和社会保障局")
    make("人社局办公时间", unit=bureau)
    building.rebuild()
    for typed in ("人社局", "人社"):
        assert 'href="/units/HL-020/"' in words(client, f"/search/?q={typed}"), typed
