"""Every engine keeps the same contract."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.search.asking import plain_number
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.memory import MemoryEngine
from gongkai.search.port import Document, Query, SearchUnavailableError

PUBLIC = frozenset({"public"})
SAND = Document(
    key="records.record:1",
    kind="record",
    title="海岚市水利局关于印发河道采砂管理办法的通知",
    body="河道采砂实行许可制度。任何单位和个人不得擅自采砂。住房公积金缴存不在此列。",
    numbers=("岚水〔2024〕12号", "HL00121-0200-2024-00012"),
    unit="HL-001",
    day=date(2024, 5, 20),
    validity="in_force",
    subject="农业、林业、水利",
    access=("public",),
)
FLOOD = Document(
    key="records.record:2",
    kind="record",
    title="关于开展汛期安全检查的通知",
    body="各镇街要对小型水库、河道堤防逐一检查。采砂场一并检查。",
    numbers=("岚水〔2023〕7号",),
    unit="HL-002",
    day=date(2023, 4, 2),
    validity="repealed",
    access=("public",),
)
DRAFT = Document(
    key="records.record:3",
    kind="record",
    title="采砂规划（讨论稿）",
    body="内部讨论",
    access=("unit:1",),
    unit="HL-001",
)
READING = Document(
    key="records.record:4",
    kind="interpretation",
    title="一图读懂采砂管理办法",
    body="采砂须先办证。",
    unit="HL-001",
    day=date(2024, 5, 21),
    access=("public",),
)


@pytest.fixture(params=["memory", "embedded"])
def engine(request, tmp_path):
    made = MemoryEngine() if request.param == "memory" else EmbeddedEngine(tmp_path / "index", writable=True)
    made.add([SAND, FLOOD, DRAFT, READING])
    made.commit()
    return made


def keys(engine, text="", **more):
    return [int(key.rsplit(":", 1)[1]) for key in engine.search(Query(text=text, access=PUBLIC, **more)).keys]


def test_a_word_in_the_title_goes_before_one_in_the_text(engine):
    assert keys(engine, "采砂")[-1] == 2
    assert sorted(keys(engine, "采砂")) == [1, 2, 4]


@pytest.mark.parametrize("text", ["河道采砂管理", "砂管理办", "公积金缴", "住房公积金", "砂", "小型水库、河道"])
def test_every_substring_is_found(engine, text):
    assert keys(engine, text)


def test_all_parts_must_be_found(engine):
    assert keys(engine, "采砂 检查") == [2]
    assert keys(engine, "采砂 不存在的词") == []


@pytest.mark.parametrize("text", ["岚水〔2024〕12号", "岚水[2024]12号", "岚水（2024）12 号", "岚水﹝2024﹞12号"])
def test_a_document_number_is_found_in_any_bracket(engine, text):
    assert keys(engine, text.replace(" ", ""))[0] == 1


def test_what_one_may_not_see_is_in_no_list_no_count_and_no_facet(engine):
    page = engine.search(Query(text="采砂", access=PUBLIC, facets=("unit", "kind")))
    assert (page.total, "records.record:3" in page.keys) == (3, False)
    assert page.facets == {"unit": {"HL-001": 2, "HL-002": 1}, "kind": {"record": 2, "interpretation": 1}}
    inside = engine.search(Query(text="采砂", access=frozenset({"public", "unit:1"})))
    assert inside.total == 4
    assert engine.search(Query(text="采砂")).total == 0


def test_filters_narrow_list_count_and_facets_alike(engine):
    page = engine.search(Query(text="采砂", access=PUBLIC, filters={"unit": ("HL-001",)}, facets=("year",)))
    assert (page.total, page.facets) == (2, {"year": {"2024": 2}})
    assert keys(engine, "采砂", filters={"validity": ("in_force", "repealed")}, order="newest") == [1, 2]


def test_the_newest_goes_first_where_asked(engine):
    assert keys(engine, order="newest") == [4, 1, 2]


def test_pages_follow_one_another(engine):
    assert keys(engine, order="newest", limit=2) + keys(engine, order="newest", offset=2, limit=2) == [4, 1, 2]


def test_a_later_document_replaces_the_earlier_one(engine):
    engine.add([Document(key=SAND.key, kind="record", title="新标题", access=("public",))])
    engine.commit()
    assert (keys(engine, "新标题"), keys(engine, "擅自采砂"), engine.count()) == ([1], [], 4)


def test_a_change_is_seen_only_after_its_commit(engine):
    engine.remove([SAND.key])
    assert 1 in keys(engine, "采砂")
    engine.commit()
    assert (1 in keys(engine, "采砂"), engine.count()) == (False, 3)


@pytest.mark.parametrize("text", ['"', "AND OR NOT", "title:(*", "\x00\x07", "～！@#￥%", "a" * 10_000, "]]>'--", "*"])
def test_no_query_is_an_error(engine, text):
    assert engine.search(Query(text=text, access=PUBLIC)).total >= 0


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_embedded_engine_finds_all_that_the_double_finds(data, tmp_path_factory):
    """No substring of two to eight characters of a text is lost."""
    alphabet = "市县水利局河道采砂管理办法通知公开申请2024年第12号"
    texts = data.draw(st.lists(st.text(alphabet, min_size=8, max_size=40), min_size=1, max_size=5))
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"), writable=True)
    engine.add(
        Document(key=f"x:{n}", kind="record", title="题", body=t, access=("public",)) for n, t in enumerate(texts)
    )
    engine.commit()
    number = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[number]) - 2))
    part = texts[number][start : start + data.draw(st.integers(2, 8))]
    # Runs of letters and digits are found whole: a document number is not found by its digits.
    assume(not any(character.isascii() for character in part))
    assert f"x:{number}" in engine.search(Query(text=part, access=PUBLIC)).keys


def test_an_unknown_facet_or_order_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="colour"):
        Query(filters={"colour": ("red",)})
    with pytest.raises(ValueError, match="oldest"):
        Query(order="oldest")
    with pytest.raises(ValueError, match="10000"):
        Query(offset=9_999, limit=10)


def test_a_second_writer_is_told_and_readers_see_commits(tmp_path):
    writer = EmbeddedEngine(tmp_path, writable=True)
    with pytest.raises(SearchUnavailableError):
        EmbeddedEngine(tmp_path, writable=True)
    reader = EmbeddedEngine(tmp_path)
    assert reader.count() == 0
    writer.add([SAND])
    writer.commit()
    assert reader.search(Query(text="采砂", access=PUBLIC)).keys == (SAND.key,)
    with pytest.raises(SearchUnavailableError, match="只能查询"):
        reader.add([SAND])


def test_a_broken_index_is_an_error_and_never_an_empty_list(tmp_path):
    EmbeddedEngine(tmp_path, writable=True).commit()
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(SearchUnavailableError):
        EmbeddedEngine(tmp_path).search(Query(access=PUBLIC))


def test_an_index_that_is_gone_is_an_error_and_is_not_made_by_who_only_reads(tmp_path):
    with pytest.raises(SearchUnavailableError, match="不在数据目录中"):
        EmbeddedEngine(tmp_path / "index")
    assert list(tmp_path.iterdir()) == []


def test_an_index_of_other_words_is_known_to_be_old(tmp_path):
    engine = EmbeddedEngine(tmp_path, writable=True)
    assert engine.is_current is True
    (tmp_path / "version").write_text("0-old")
    assert engine.is_current is False


def test_numbers_compare_without_brackets_and_blanks():
    assert (
        plain_number("晋政办〔2019〕101号")
        == plain_number(" 晋政办［2019］ 101 号 ")
        == plain_number("晋政办(2019)101号")
    )
