"""What is covered is gone from everywhere in the file, and what is not covered is still there.

Every original is first shown to hold the secret where it says, so that no test passes on an empty page.
"""

import io
import random

import pikepdf
import pypdfium2
import pytest

from builders import hiding
from gongkai.files.redaction.boxes import Box, Rect
from gongkai.files.redaction.errors import RemainingError
from gongkai.files.redaction.making import make
from gongkai.files.redaction.original import MAX_PIXELS, open_original

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


def test_the_officer_is_told_what_does_not_come_along():
    def notices(data):
        with open_original(data, "pdf") as original:
            return original.notices

    assert notices(hiding.letter()) == []
    assert "1 个附件文件" in notices(hiding.attachment(hiding.letter()))[0]
    assert "关闭的图层" in notices(hiding.layer_switched_off(hiding.letter()))[0]
    assert "电子签名" in notices(hiding.signed())[0]


def test_what_stands_before_and_behind_a_box_is_not_one_word():
    data = hiding.typeset(f"欧阳{hiding.NUMBER}慕容", f"申请人{hiding.SECRET}")
    copy = make(data, "pdf", boxes=found(data, hiding.NUMBER, hiding.SECRET))
    assert copy.report["pages_without_text"] == []


def test_a_word_that_may_remain_ever_so_often_costs_no_page_its_text():
    often = hiding.typeset(*["甲乙，" * 90] * 24)
    copy = make(often, "pdf", boxes=found(often, "甲乙")[:1], may_remain=True)
    assert copy.report["words_remaining"] == 1
    assert read(copy.data)["pdfplumber"].count("甲乙") == 90 * 24 - 1
    assert copy.report["pages_without_text"] == []


def test_what_an_earlier_revision_showed_is_gone():
    data = hiding.revised()
    assert "bytes" in hiding.where(data, [hiding.LATIN])
    assert hiding.LATIN not in read(data)["pdfium"]
    copy = make(data, "pdf", boxes=found(data, "rest")).data
    assert hiding.where(copy, [hiding.LATIN]) == set()
    assert copy.count(b"%%EOF") == 1


def test_the_pixels_of_a_scan_are_gone_under_the_box_and_there_beside_it():
    noise = random.Random(1).randbytes(400 * 300)
    data = hiding.scanned(noise, 400, 300)
    assert noise[200:240] in unpacked(data)
    copy = make(data, "pdf", boxes=[Box(1, Rect(0.25, 0.2, 0.75, 0.6), "N5")], style="white").data
    assert noise[200:240] not in unpacked(copy)
    # White paper and a little black for the label; of the noise a fiftieth is as white.
    assert sum(drawn(copy).crop((210, 130, 590, 350)).histogram()[250:]) > 0.95 * 380 * 220
    before, after = (drawn(each).crop((20, 400, 780, 580)).reduce(20).tobytes() for each in (data, copy))
    assert all(abs(left - right) < 25 for left, right in zip(before, after, strict=True))


def unpacked(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        return b"".join(one.read_raw_bytes() if "/DecodeParms" in one else contents(one) for one in streams)


def contents(stream):
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def test_characters_outside_the_basic_plane_are_found_covered_and_kept():
    data = hiding.in_letters_drawn("𬭎𨱏某AB")
    boxes = found(data, "𬭎𨱏")
    assert len(boxes) == 1
    copy = make(data, "pdf", boxes=boxes).data
    assert hiding.where(copy, ["𬭎", "𨱏"]) == set()
    kept = make(data, "pdf", boxes=found(data, "某AB")).data
    for text in read(kept).values():
        assert "𬭎𨱏" in text


def test_a_page_as_large_as_a_poster_is_drawn_within_bounds():
    data = hiding.blank((2384, 3370))
    with open_original(data, "pdf") as original:
        wide, high = original.picture(1, 300).size
        assert wide * high <= MAX_PIXELS
        assert original.dpi(1, 300) > 130
    copy = make(data, "pdf", boxes=found(data, hiding.LATIN)).data
    assert hiding.where(copy, [hiding.LATIN]) == set()
    assert "page1" in read(copy)["pdfium"]


@pytest.mark.slow
def test_five_hundred_pages_are_redacted_each():
    data = hiding.blank(*[(180, 60)] * 500)
    boxes = found(data, hiding.LATIN)
    assert len(boxes) == 500
    made = make(data, "pdf", boxes=boxes)
    assert made.report["pages_without_text"] == []
    assert hiding.LATIN.encode() in unpacked(data)
    assert hiding.LATIN.encode() not in unpacked(made.data)
    for text in read(made.data).values():
        assert "Sanfeng" not in text
        assert all(f"page{number}〔" in text for number in (1, 250, 500))
