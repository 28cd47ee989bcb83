"""What is public already is suggested from the search engine, and nothing else is."""

import pytest

from gongkai.indexing import place
from gongkai.indexing.place import PUBLISHED
from gongkai.intake.queries import public
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.port import Document


@pytest.fixture
def index(tmp_path, settings):
    """An index with two records of which one is public, and an application."""
    settings.HOME = tmp_path
    engine = EmbeddedEngine(place.PUBLIC.root() / "made", writable=True)
    title = "海岚市水利局关于2023年河道采砂许可情况的公告"
    engine.add(
        [
            Document("records.record:1", "record", title, access=(PUBLISHED,)),
            Document("records.record:2", "record", f"{title}（草稿）", access=("unit:1",)),
            Document("applications.application:3", "application", title, access=(PUBLISHED,)),
        ]
    )
    engine.commit()
    place.PUBLIC.point_to("made")


@pytest.mark.parametrize("typed", ["河道采砂许可", "采砂许可公告2023年", "  河道采砂许可 情况 "])
def test_a_public_record_is_suggested(index, typed):
    assert public.alike(typed) == [1]


@pytest.mark.parametrize("typed", ["2023年河道采砂许可台账", "河道采沙许可", "河道疏浚合同"])
def test_what_only_resembles_what_is_typed_is_not_suggested(index, typed):
    assert public.alike(typed) == []


@pytest.mark.parametrize("typed", ["", "甲", "食品抽检", "\x00", "(((", "a" * 10_000])
def test_nothing_is_suggested_for_what_says_nothing(index, typed):
    assert public.alike(typed) == []


def test_without_an_index_there_is_no_suggestion(tmp_path, settings):
    settings.HOME = tmp_path
    assert public.alike("河道采砂许可") == []
