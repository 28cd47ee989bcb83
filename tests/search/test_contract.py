"""Every engine keeps the same contract."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.search.asking import plain_number
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.memory import MemoryEngine
from gongkai.search.port import Document, Query, SearchUnavailableError
from gongkai.search.reading import Reading

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
    keywords=("河道采砂", "许可"),
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


def segments(passage):
    return [(segment.text, segment.is_hit) for segment in passage]


@pytest.mark.parametrize(
    "text",
    [
        "岚水〔2024〕12号", "岚水 [2024] 12 号", "岚水（2024）12号", "岚水2024年12号", "岚水2024第12号",
        "岚水【2024】012",
        "HL00121-0200-2024-00012", "hl00121 0200 2024 00012", "HL00121 － 0200-2024-00012",
    ],
)  # fmt: skip
def test_a_number_is_found_in_any_spelling_and_alone(engine, text):
    assert keys(engine, text) == [1]


@pytest.mark.parametrize("text", ["岚水", "岚水〔", "“岚水”"])
def test_documents_are_found_by_the_letters_their_number_begins_with(engine, text):
    assert sorted(keys(engine, text)) == [1, 2]
    assert keys(engine, "岚木") == []


@pytest.mark.parametrize("text", ["岚水〔2024〕", "岚水（2024）", "岚水【2024", "岚水2024", "岚水2024年"])
def test_documents_are_found_by_the_letters_and_the_year_of_their_number(engine, text):
    assert keys(engine, text) == [1]


def test_the_first_letters_of_an_issuer_are_enough(engine):
    engine.add(
        [
            Document(
                key="records.record:5", kind="record", title="甲", numbers=("海财规〔2015〕3号",), access=("public",)
            )
        ]
    )
    engine.commit()
    assert [keys(engine, text) for text in ("海财", "海财规", "海财规〔2015", "财规", "海财〔2015〕")] == [
        [5],
        [5],
        [5],
        [],
        [],
    ]


def test_what_is_quoted_must_adjoin(engine):
    assert keys(engine, "采砂 须") == [1, 4] or sorted(keys(engine, "采砂 须")) == [4]
    assert keys(engine, "“采砂须先”") == [4]
    assert keys(engine, '"采砂先办"') == []
    assert keys(engine, '"采砂" 检查') == [2]


@pytest.mark.parametrize("quoted", ['"{}"', "“{}”", "「{}」", "＂{}＂"])
def test_any_quotation_marks_will_do(engine, quoted):
    assert keys(engine, quoted.format("河道采砂管理")) == [1]


@pytest.mark.parametrize("text", ["公积金", "房积金", "挖沙", "怎么挖沙"])
def test_what_people_say_finds_what_documents_say(engine, text):
    assert 1 in keys(engine, text)


def test_synonyms_can_be_left_out(engine):
    assert keys(engine, "挖沙", exact=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "河道采杀管理",
        "河道采砂管里",
        "河道采管理",
        "河道采砂管管理",
        "河道砂采管理",
        "合道采砂管理",
    ],
)
def test_one_wrong_missing_additional_or_swapped_character_is_forgiven(engine, text):
    assert keys(engine, text) == []
    page = engine.search(Query(text=text, access=PUBLIC, fuzzy=True, passages=1, facets=("unit",)))
    assert (page.keys[0], page.is_fuzzy) == ("records.record:1", True)
    assert page.total == len(page.keys) == sum(page.facets["unit"].values())
    assert page.suggestion.replace("办法", "") == "河道采砂管理"


def test_nothing_is_forgiven_that_was_quoted_or_what_one_may_not_see(engine):
    assert engine.search(Query(text="“河道采杀管理”", access=PUBLIC, fuzzy=True)).total == 0
    page = engine.search(Query(text="采砂规花", access=PUBLIC, fuzzy=True, passages=1))
    assert "records.record:3" not in page.keys
    assert page.suggestion == ""
    assert engine.search(Query(text="采砂规花", access=frozenset({"unit:1"}), fuzzy=True)).keys == ("records.record:3",)


def test_what_was_found_needs_no_forgiveness(engine):
    page = engine.search(Query(text="河道采砂管理", access=PUBLIC, fuzzy=True, passages=1))
    assert (page.total, page.is_fuzzy, page.suggestion, page.hits[0].key) == (1, False, "", "records.record:1")


def test_documents_of_the_same_series_come_after_a_number_and_are_not_counted(engine):
    engine.add(
        [Document(key="records.record:5", kind="record", title="甲", numbers=("岚水〔2024〕13号",), access=("public",))]
    )
    engine.commit()
    page = engine.search(Query(text="岚水（2024）12号", access=PUBLIC, fuzzy=True, passages=1))
    assert (page.total, page.keys, page.near) == (1, ("records.record:1",), ("records.record:5",))
    assert [hit.key for hit in page.near_hits] == ["records.record:5"]
    wrong = engine.search(Query(text="岚水（2024）99号", access=PUBLIC, fuzzy=True))
    assert (wrong.is_fuzzy, sorted(wrong.keys)) == (True, ["records.record:1", "records.record:5"])
    assert engine.search(Query(text="岚水（2024）99号", access=PUBLIC)).total == 0


def test_who_typed_a_whole_title_is_offered_no_other_like_it(engine):
    engine.add(
        [
            Document(key=f"records.record:{number}", kind="record", title=title, access=("public",))
            for number, title in ((6, "海岚市河道采石管理办法的通知"), (7, "海岚市河道采砂管理办法的通知"))
        ]
    )
    engine.commit()
    whole = engine.search(Query(text="海岚市河道采砂管理办法的通知", access=PUBLIC, fuzzy=True))
    assert "records.record:7" in whole.keys
    assert whole.near == ()
    part = engine.search(Query(text="市河道采砂管", access=PUBLIC, fuzzy=True))
    assert "records.record:7" in part.keys
    assert "records.record:6" in part.near


def test_hits_say_where_the_words_stand_in_the_text_itself(engine):
    page = engine.search(Query(text="擅自采砂", access=PUBLIC, passages=2))
    (hit,) = page.hits
    assert (hit.number, hit.unit, hit.validity, hit.day) == (
        "岚水〔2024〕12号",
        "HL-001",
        "in_force",
        date(2024, 5, 20),
    )
    assert "".join(segment.text for segment in hit.title) == SAND.title
    assert ("擅自采砂", True) in segments(hit.passages[0])
    assert "".join(text for text, _ in segments(hit.passages[0])) in SAND.body


def test_a_passage_of_what_was_found_by_its_title_is_its_beginning(engine):
    (hit,) = engine.search(Query(text="一图读懂", access=PUBLIC, passages=1)).hits
    assert segments(hit.title)[0] == ("一图读懂", True)
    assert segments(hit.passages[0]) == [(READING.body, False)]


def test_related_queries_are_the_keywords_of_what_was_found(engine):
    assert engine.search(Query(text="擅自", access=PUBLIC, passages=1)).related == ("河道采砂", "许可")
    assert engine.search(Query(text="擅自", access=PUBLIC)).related == ()


@pytest.mark.parametrize("typed", ["hedao", "hdcs", "hedaocai", "河道采", "HDCS", "he dao", "hd"])
def test_titles_are_completed_from_characters_pinyin_and_initials(engine, typed):
    assert "records.record:1" in [one.key for one in engine.complete(typed, PUBLIC)]


def test_nothing_hidden_is_completed_and_units_come_first(engine):
    engine.add([Document(key="units.unit:1", kind="unit", title="河道管理处", access=("public",))])
    engine.commit()
    assert engine.complete("caishaguihua", PUBLIC) == ()
    assert [one.key for one in engine.complete("caishaguihua", frozenset({"unit:1"}))] == ["records.record:3"]
    assert engine.complete("河道", PUBLIC)[0].key == "units.unit:1"
    assert len(engine.complete("河道", PUBLIC, limit=1)) == 1


def test_a_unit_is_completed_before_any_number_of_newer_documents(engine):
    unit = Document(key="units.unit:1", kind="unit", title="海岚市林业局", access=("public",))
    engine.add([unit])
    engine.add(replace(FLOOD, key=f"records.record:{n}", title=f"海岚市林业局文件{n}") for n in range(100, 150))
    engine.commit()
    assert engine.complete("林业局", PUBLIC)[0].key == unit.key


@pytest.mark.parametrize("typed", ["jyj", "jiaoyuju", "jiaoyu", "hlsjyj", "hailanshi"])
def test_a_unit_is_completed_from_every_word_of_its_name_though_the_name_is_one_word_here(tmp_path, typed):
    name = "海岚市教育局"
    unit = Document(key="units.unit:1", kind="unit", title=name, access=("public",))
    for engine in (MemoryEngine(), EmbeddedEngine(tmp_path / "index", writable=True, learnt=(name, "教育局"))):
        engine.add([unit])
        engine.commit()
        assert [one.key for one in engine.complete(typed, PUBLIC)] == [unit.key]


@pytest.mark.parametrize("typed", ["", "h", " ", "*", "(", "h.*", "zzzz", "\\", "a" * 10_000, "采" * 10_000])
def test_nothing_that_is_typed_is_an_error_or_completes_everything(engine, typed):
    assert engine.complete(typed, PUBLIC) == ()


@pytest.mark.parametrize("text", ["！？。", "***", '""', "“ ”"])
def test_marks_alone_find_nothing(engine, text):
    assert engine.search(Query(text=text, access=PUBLIC)).total == 0


def test_a_text_that_is_ten_kilobytes_long_takes_no_longer(engine):
    started = time.process_time()
    for text in (
        "河道采砂" * 3000,
        "采 " * 5000,
        '"' * 10_000,
        "岚水〔2024〕" * 1500,
        "a b-1 " * 2000,
        "公积金低保" * 2000,
    ):
        engine.search(Query(text=text, access=PUBLIC, fuzzy=True, passages=3, facets=("unit", "year")))
    assert time.process_time() - started < 20


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


def test_titles_and_what_comes_after_them_are_paged_as_one_list(engine):
    engine.add(
        Document(key=f"records.record:{n}", kind="record", title=title, body="防汛物资", access=("public",))
        for n, title in enumerate(["防汛物资", "防汛物资储备", "甲", "乙", "丙"], 10)
    )
    engine.commit()
    pages = [keys(engine, "防汛物资", offset=offset, limit=2) for offset in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert sorted(pages[0]) == [10, 11]
    assert sorted(pages[1] + pages[2]) == [12, 13, 14]
    assert keys(engine, "防汛物资", offset=1, limit=3) == [pages[0][1], *pages[1]]


def test_an_answer_given_before_is_not_given_to_who_may_see_less_nor_after_a_change(engine):
    inside = Query(text="采砂", access=frozenset({"public", "unit:1"}), facets=("unit",))
    assert DRAFT.key in engine.search(inside).keys
    assert keys(engine, "采砂", facets=("unit",)) == keys(engine, "采砂", facets=("unit",))
    assert DRAFT.key not in engine.search(replace(inside, access=PUBLIC)).keys
    engine.remove([SAND.key])
    engine.add([FLOOD])
    assert SAND.key in engine.search(inside).keys
    engine.commit()
    assert SAND.key not in engine.search(inside).keys


def test_where_all_is_public_what_comes_in_and_is_not_stays_unseen(engine):
    engine.remove([DRAFT.key])
    engine.commit()
    assert (keys(engine, order="newest"), engine.search(Query(text="采砂", access=PUBLIC)).total) == ([4, 1, 2], 3)
    assert engine.search(Query(text="采砂", access=frozenset({"unit:1"}))).total == 0
    assert engine.search(Query(text="采砂", access=frozenset())).total == 0
    engine.add([DRAFT])
    engine.commit()
    assert engine.search(Query(text="采砂", access=PUBLIC)).total == 3
    engine.remove([SAND.key, FLOOD.key, READING.key])
    engine.commit()
    assert engine.search(Query(text="采砂", access=PUBLIC)).total == 0
    assert engine.search(Query(access=PUBLIC)).total == 0


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
    for _ in range(2):
        assert reader.search(Query(text="采砂", access=PUBLIC)).keys == (SAND.key,)
    writer.remove([SAND.key])
    writer.commit()
    assert reader.search(Query(text="采砂", access=PUBLIC)).keys == ()
    with pytest.raises(SearchUnavailableError, match="只能查询"):
        reader.add([SAND])


def test_what_was_asked_of_a_commit_is_not_looked_for_again(tmp_path, monkeypatch):
    engine = EmbeddedEngine(tmp_path, writable=True)
    engine.add([SAND])
    engine.commit()
    looked = []
    search = Reading.search
    monkeypatch.setattr(Reading, "search", lambda self, query: looked.append(query.text) or search(self, query))
    for text in ("采砂", "河道", "采砂"):
        engine.search(Query(text=text, access=PUBLIC, filters={"unit": ("HL-001",)}))
    assert looked == ["采砂", "河道"]
    engine.commit()
    engine.search(Query(text="采砂", access=PUBLIC, filters={"unit": ("HL-001",)}))
    assert looked == ["采砂", "河道", "采砂"]


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


def test_an_engine_that_was_closed_or_forgotten_leaves_its_folder_to_the_next(tmp_path):
    first = EmbeddedEngine(tmp_path, writable=True)
    first.close()
    second = EmbeddedEngine(tmp_path, writable=True)
    del second
    EmbeddedEngine(tmp_path, writable=True)
