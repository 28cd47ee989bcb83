"""A resident with a telephone finds a document by a half-remembered title, and what to do where there is none."""

import pytest

from builders.browser import in_browser  # noqa: F401 -- a fixture
from builders.telephone import Person
from gongkai.indexing import building
from gongkai.records.models import Category, Validity
from portal.conftest import DAY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def library(make):
    document = make(
        "海岚市水利局关于印发《海岚市农村供水工程运行管理办法》的通知",
        category=Category.NORMATIVE,
        document_number="岚水规〔2024〕1号",
    )
    make(
        "海岚市农村供水工程建设暂行规定",
        category=Category.NORMATIVE,
        validity=Validity.REPEALED,
        validity_since=DAY,
        superseded_by=document,
    )
    make("《海岚市农村供水工程运行管理办法》政策解读", category=Category.INTERPRETATION, interprets=document)
    building.rebuild()


def test_a_resident_finds_a_document_sees_that_it_holds_and_reads_its_interpretation(
    in_browser,  # noqa: F811 -- the fixture
    live_server,
    library,
):
    def walk(browser):
        person = Person(browser, live_server.url)
        person.opens("/").writes(q="农村供水运行办法").presses("搜索")
        person.presses("海岚市水利局关于印发《海岚市农村供水工程运行管理办法》的通知")
        assert "本文件现行有效" in person.text
        assert "岚水规〔2024〕1号" in person.text
        person.presses("《海岚市农村供水工程运行管理办法》政策解读")
        assert "解读的文件" in person.text
        # What replaced an old document is one step from it.
        person.opens("/normative/?validity=repealed").presses("海岚市农村供水工程建设暂行规定")
        assert "不再作为办事依据" in person.text
        person.presses("海岚市水利局关于印发《海岚市农村供水工程运行管理办法》的通知")
        assert "本文件现行有效" in person.text
        return person.errors

    assert in_browser(walk) == []


def test_where_nothing_is_found_the_way_to_the_form_is_shown(in_browser, live_server, library):  # noqa: F811 -- the fixture
    def walk(browser):
        person = Person(browser, live_server.url)
        person.opens("/").writes(q="河道采砂许可台账").presses("搜索")
        assert "找到 0 条" in person.text
        person.presses("申请公开")
        assert person.page.url.endswith("/apply/")
        return person.errors

    assert in_browser(walk) == []
