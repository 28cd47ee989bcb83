"""What the public side asks of the index, and what it never gets."""

from datetime import date

import pytest

from gongkai.indexing import building, sources
from gongkai.indexing.queries import published
from gongkai.search.port import Document, SearchUnavailableError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def papers(settings, tmp_path, monkeypatch):
    """Thirty notices of two units, one of them not published."""
    settings.HOME = tmp_path
    documents = {
        number: Document(
            key=f"test.paper:{number}",
            kind="record",
            title=f"关于河道采砂管理的通知（{number}）",
            body="河道采砂实行许可制度。",
            unit=f"HL-00{number % 2}",
            day=date(2024, 1, 1 + number),
            subject="水利",
            access=("unit:1",) if number == 29 else ("unit:1", "public"),
        )
        for number in range(30)
    }
    monkeypatch.setattr(sources, "_sources", {})
    sources.register(
        sources.Source(
            prefix="test.paper",
            build=lambda numbers: [documents[number] for number in numbers],
            numbers=lambda: iter(documents),
        )
    )
    building.rebuild()


def test_a_page_comes_with_facets_and_passages_from_what_is_published():
    page = published.search("河道采砂")
    assert (page.total, len(page.hits)) == (29, published.A_PAGE)
    assert page.facets["unit"] == {"HL-000": 15, "HL-001": 14}
    assert page.facets["subject"] == {"水利": 29}
    assert all(any(segment.is_hit for segment in hit.title) for hit in page.hits)


def test_pages_follow_one_another_in_either_order():
    pages = [published.search("采砂", order="newest", page=number).keys for number in (1, 2, 3)]
    assert [key for keys in pages for key in keys] == [f"test.paper:{number}" for number in range(28, -1, -1)]
    assert len({key for number in (1, 2, 3) for key in published.search("采砂", page=number).keys}) == 29


def test_a_mistake_is_forgiven_unless_the_text_is_asked_for_as_typed():
    assert published.search("河道采杀").suggestion == "河道采砂"
    assert published.search("河道采杀", is_exact=True).total == 0
    assert published.search("挖沙").total == 29


@pytest.mark.parametrize("page", [0, -1, published.LAST_PAGE + 1, 10**12])
def test_a_page_that_cannot_be_is_said_so(page):
    with pytest.raises(ValueError, match="10000"):
        published.search("采砂", page=page)


def test_a_saved_search_has_its_newest():
    assert published.newest("采砂", filters={"unit": ("HL-001",)}, limit=2) == ("test.paper:27", "test.paper:25")
    assert published.newest("采杀") == ()


def test_what_is_typed_is_completed_from_what_is_published():
    assert [one.key for one in published.complete("hedao", limit=2)] == ["test.paper:28", "test.paper:27"]
    assert published.complete("29") == () or "test.paper:29" not in [one.key for one in published.complete("29")]


def test_without_an_index_it_says_so(settings, tmp_path):
    settings.HOME = tmp_path / "elsewhere"
    with pytest.raises(SearchUnavailableError):
        published.search("采砂")
