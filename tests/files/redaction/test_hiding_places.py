"""What is covered is gone from everywhere in the file, and what is not covered is still there.

Every original is first shown to hold the secret where it says, so that no test passes on an empty page.
"""

import pypdfium2
import pytest

from builders import hiding
from gongkai.files.redaction.errors import RemainingError
from gongkai.files.redaction.making import make

from .conftest import found, read


@pytest.mark.parametrize("place", sorted(hiding.PLACES))
def test_a_secret_hidden_besides_the_page_is_gone(place):
    plain = hiding.letter()
    data = hiding.PLACES[place](plain)
    words = (hiding.SECRET, hiding.NUMBER)
    assert hiding.where(data, words) - hiding.where(plain, words) or text_count(data) > text_count(plain)
    copy = make(data, "pdf", boxes=found(plain, *words), may_remain=True).data
    assert hiding.where(copy, words) == set()
    if "layer" not in place:
        for text in read(copy).values():
            assert hiding.REST in text
            assert "第二页没有遮盖，文字照旧" in text


def text_count(data):
    return read(data)["pdfium"].count(hiding.NUMBER)


@pytest.mark.parametrize("place", ["white_text", "text_behind_a_bar", "text_off_the_page", "unseen_text"])
def test_a_secret_that_stands_elsewhere_unseen_is_told(place):
    data = hiding.PLACES[place](hiding.letter())
    with pytest.raises(RemainingError, match="第 1 页"):
        make(data, "pdf", boxes=found(hiding.letter(), hiding.NUMBER))


@pytest.mark.parametrize("way", sorted(hiding.SHOWN))
def test_a_secret_written_in_any_way_is_found_and_gone(way):
    data = hiding.SHOWN[way]()
    boxes = found(data, hiding.LATIN)
    assert boxes
    copy = make(data, "pdf", boxes=boxes).data
    assert hiding.where(copy, [hiding.LATIN, "Sanfeng"]) == set()
    for text in read(copy).values():
        assert "".join(hiding.LATIN_REST.split()) in text
        assert "〔第十五条" in text
    assert has_black_where(copy, boxes)
    assert same_elsewhere(data, copy, boxes)


def drawn(data, page=0):
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    picture = document[page].render(scale=2, may_draw_forms=True).to_pil().convert("L")
    document.close()
    return picture


def has_black_where(copy, boxes):
    picture = drawn(copy)
    wide, high = picture.size
    for box in boxes:
        rect = box.rect
        inside = picture.crop((int(rect.x0 * wide), int(rect.y0 * high), int(rect.x1 * wide), int(rect.y1 * high)))
        histogram = inside.histogram()
        # The label is at most a fifth of the box in white.
        if sum(histogram[:64]) < 0.6 * sum(histogram):
            return False
    return True


def same_elsewhere(data, copy, boxes):
    """Compare where ink lies, in cells of 8 pixels, outside the boxes."""
    one, other = (drawn(each) for each in (data, copy))
    if one.size != other.size:
        return False
    wide, high = one.size
    for whole in (one, other):
        for box in boxes:
            rect = box.rect
            spot = (int(rect.x0 * wide) - 6, int(rect.y0 * high) - 6, int(rect.x1 * wide) + 6, int(rect.y1 * high) + 6)
            whole.paste(255, spot)
    pairs = zip(one.reduce(8).tobytes(), other.reduce(8).tobytes(), strict=True)
    return all(abs(left - right) < 60 for left, right in pairs)


def test_what_an_earlier_revision_showed_is_gone():
    data = hiding.revised()
    assert "bytes" in hiding.where(data, [hiding.LATIN])
    assert hiding.LATIN not in read(data)["pdfium"]
    copy = make(data, "pdf", boxes=found(data, "rest")).data
    assert hiding.where(copy, [hiding.LATIN]) == set()
    assert copy.count(b"%%EOF") == 1
