"""The proof refuses what is not clean: each step of cleaning is left out in turn, each hiding place filled again."""

import io
import re
import zlib
from dataclasses import replace

import pytest
from PIL import Image

from builders import hiding
from gongkai.files.redaction import layer, making, pictures, raw, reading_back, writing
from gongkai.files.redaction.boxes import Box, Rect
from gongkai.files.redaction.errors import NotProvenError
from gongkai.files.redaction.making import make
from gongkai.files.redaction.proof import Expected, Proof, prove, prove_picture

from .conftest import found

WORDS = (hiding.SECRET, hiding.NUMBER)


@pytest.fixture
def boxes():
    return found(hiding.letter(), *WORDS)


def made(boxes, **how):
    return make(hiding.letter(), "pdf", boxes=boxes, **how)


def test_nothing_left_out_is_clean(boxes):
    report = made(boxes).report
    assert (report["pages"], report["boxes"], report["words_remaining"]) == (2, 2, 0)
    assert report["pdfium_characters"] == report["pdfminer_characters"] > 30
    assert report["pages_without_text"] == []
    assert not any(word in str(report) for word in WORDS)


def test_boxes_that_are_not_painted_are_seen(boxes, monkeypatch):
    real = making._pictures
    monkeypatch.setattr(
        making,
        "_pictures",
        lambda original, wanted: real(original, Expected("black", wanted.sizes, {}, {}, frozenset())),
    )
    with pytest.raises(NotProvenError, match="第 1 页的遮盖框内有未遮盖的像素"):
        made(boxes)


@pytest.mark.parametrize("style", ["black", "white"])
def test_a_box_painted_too_small_is_seen(boxes, monkeypatch, style):
    real = making._pictures

    def smaller(original, wanted):
        small = {
            page: [Box(one.page, Rect(one.rect.x0 + 0.01, *tuple_of(one.rect)[1:]), one.reason) for one in marked]
            for page, marked in wanted.boxes.items()
        }
        return real(original, Expected(style, wanted.sizes, small, {}, frozenset()))

    monkeypatch.setattr(making, "_pictures", smaller)
    with pytest.raises(NotProvenError, match="未遮盖的像素"):
        made(boxes, style=style)


def tuple_of(rect):
    return rect.x0, rect.y0, rect.x1, rect.y1


def test_text_that_is_not_filtered_is_seen_and_left_out(boxes, monkeypatch):
    monkeypatch.setattr(making.layer, "kept", lambda glyphs, *_: list(glyphs))
    copy = made(boxes)
    assert copy.report["pages_without_text"] == [1]
    assert hiding.where(copy.data, WORDS) == set()


def test_text_that_is_neither_filtered_nor_left_out_is_refused(boxes, monkeypatch):
    monkeypatch.setattr(making.layer, "kept", lambda glyphs, *_: list(glyphs))
    real = making._written

    def stubborn(original, drawn, texts, title, expected):
        glyphs = {page: original.glyphs(page) for page in texts}
        return real(original, drawn, glyphs, title, expected)

    monkeypatch.setattr(making, "_written", stubborn)
    with pytest.raises(NotProvenError) as caught:
        made(boxes)
    said = "".join(caught.value.findings)
    assert "遮盖框内还有可读出的文字（pdfium）" in said
    assert "遮盖框内还有可读出的文字（pdfminer）" in said
    assert not any(word in str(caught.value) for word in WORDS)


@pytest.mark.parametrize("cured", [True, False])
def test_covered_text_that_is_written_elsewhere_is_seen(boxes, monkeypatch, cured):
    def moved(glyphs):
        return [replace(one, rect=Rect(one.rect.x0, 0.8, one.rect.x1, 0.85)) for one in glyphs]

    monkeypatch.setattr(making.layer, "kept", lambda glyphs, boxes, size: moved(glyphs) + labels(boxes, size))
    if cured:
        assert made(boxes).report["pages_without_text"] == [1]
        return
    monkeypatch.setattr(Proof, "doubt", lambda proof, _, finding: proof.findings.append(finding))
    with pytest.raises(NotProvenError) as caught:
        made(boxes)
    assert set(caught.value.findings) == {f"仍可读出被遮盖的文字（{name}）" for name in ("pdfium", "pdfminer")}


def labels(boxes, size):
    return [one for box in boxes for one in layer._label(box, size)]


def secret(code):
    return hiding.SECRET.encode(code)


def in_dictionary(number, entry):
    def change(bodies):
        bodies[number] = bodies[number].replace(b"<< ", b"<< " + entry + b" ", 1)

    return change


def in_stream(marker, added):
    """Add bytes to the first unpacked stream that holds the marker."""

    def change(bodies):
        for index, body in enumerate(bodies):
            if b"/FlateDecode" not in body or b"/Image" in body:
                continue
            head, _, rest = body.partition(b"stream\n")
            content = zlib.decompress(rest.removesuffix(b"\nendstream"))
            if marker in content:
                packed = zlib.compress(content + added)
                head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head)
                bodies[index] = head + b"stream\n" + packed + b"\nendstream"
                return
        raise AssertionError(marker)

    return change


def behind_a_picture(bodies):
    for index, body in enumerate(bodies):
        if b"/Image" in body:
            length = int(re.search(rb"/Length (\d+)", body)[1])
            longer = body.removesuffix(b"\nendstream") + secret("utf-8") + b"\nendstream"
            bodies[index] = longer.replace(b"/Length %d" % length, b"/Length %d" % (length + len(secret("utf-8"))))
            return


def behind_packed_data(bodies):
    for index, body in enumerate(bodies):
        if b"/FlateDecode" in body:
            length = int(re.search(rb"/Length (\d+)", body)[1])
            longer = body.removesuffix(b"\nendstream") + b"more" + b"\nendstream"
            bodies[index] = longer.replace(b"/Length %d" % length, b"/Length %d" % (length + 4))
            return


HEX = secret("utf-16-be").hex().encode()
BODIES = {
    "title": in_dictionary(2, b"/Title <feff" + HEX + b">"),
    "title in another encoding": in_dictionary(2, b"/Title <" + secret("gb18030").hex().encode() + b">"),
    "title in plain bytes": in_dictionary(2, b"/Title (" + secret("utf-8") + b")"),
    "title in octal": in_dictionary(2, b"/Title (" + b"".join(b"\\%03o" % one for one in secret("utf-16-be")) + b")"),
    "number in a string": in_dictionary(2, b"/Title (" + hiding.NUMBER.encode() + b")"),
    "number in a hexadecimal string": in_dictionary(2, b"/Title <" + hiding.NUMBER.encode().hex().encode() + b">"),
    "metadata": in_dictionary(0, b"/Metadata 4 0 R"),
    "action": in_dictionary(0, b"/OpenAction << /S /Named >>"),
    "names": in_dictionary(0, b"/Names << >>"),
    "outlines": in_dictionary(0, b"/Outlines 3 0 R"),
    "layers": in_dictionary(0, b"/OCProperties << >>"),
    "annotations": in_dictionary(6, b"/Annots []"),
    "thumbnail": in_dictionary(6, b"/Thumb 3 0 R"),
    "other reading": in_dictionary(6, b"/ActualText (a)"),
    "unused object": lambda bodies: bodies.append(b"<< /Type /Font >>"),
    "comment in the content": in_stream(b"BT 3 Tr", b"\n% " + secret("utf-8")),
    "text in the content": in_stream(b"BT 3 Tr", b"\nBT (" + secret("gb18030") + b") Tj ET"),
    "number in the content": in_stream(b"BT 3 Tr", b"\nBT (" + hiding.NUMBER.encode() + b") Tj ET"),
    "comment in the map": in_stream(b"begincmap", b"\n% " + HEX),
    "behind a picture": behind_a_picture,
    "behind packed data": behind_packed_data,
}


@pytest.mark.parametrize("where", sorted(BODIES))
def test_what_is_added_to_an_object_is_seen(boxes, monkeypatch, where):
    real = writing._File.whole

    def added(file, root, info):
        BODIES[where](file.bodies)
        return real(file, root, info)

    monkeypatch.setattr(writing._File, "whole", added)
    with pytest.raises(NotProvenError):
        made(boxes)


BYTES = {
    "behind the end": lambda copy: copy + b"\n",
    "before the beginning": lambda copy: b"\n" + copy,
    "between objects": lambda copy: copy.replace(b"endobj\n2 0 obj", b"endobj\n% note\n2 0 obj"),
    "another revision": lambda copy: copy + copy[copy.rindex(b"xref\n0") :],
    "a previous table": lambda copy: copy.replace(b"/Info 3 0 R >>", b"/Info 3 0 R /Prev 9 >>"),
    "an object twice": lambda copy: copy.replace(b"2 0 obj\n", b"1 0 obj\n", 1),
    "cut off": lambda copy: copy[:-20],
    "empty": lambda _: b"",
    "another page": lambda copy: copy.replace(b"/Count 2", b"/Count 1"),
}


@pytest.mark.parametrize("where", sorted(BYTES))
def test_what_is_done_to_the_bytes_is_seen(boxes, monkeypatch, where):
    real = writing.written
    monkeypatch.setattr(making.writing, "written", lambda pages, title: BYTES[where](real(pages, title)))
    with pytest.raises(NotProvenError):
        made(boxes)


def test_covered_words_are_found_in_the_pixels_data_of_a_picture():
    entries = b"<< /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /Filter /DCTDecode"
    parts = reading_back.Parts(streams=[reading_back.Stream(1, entries, b"x" + secret("utf-16-be"), is_picture=True)])
    assert raw.found_in(parts, [hiding.SECRET]) == ["图像 1 的数据中仍有被遮盖的文字"]


def test_the_words_of_the_format_and_numbers_are_no_leak():
    """A covered “Page”, “2024” or “Document” is not found in what every PDF is made of."""
    words = "Page Width 1200 Font Document StructParents Identity gongkai endstream"
    data = hiding.written(f"BT /F 9 Tf 20 200 Td ({words}) Tj ET")
    copy = make(data, "pdf", boxes=found(data, words))
    assert hiding.texts(copy.data)["pdfium"].strip().endswith("〕")


def photograph(kind, **saving):
    stream = io.BytesIO()
    picture = Image.linear_gradient("L").convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = hiding.SECRET
    exif[0x0112] = 6
    picture.save(stream, kind, exif=exif, **saving)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_loses_what_lies_under_the_box_and_all_that_is_no_picture(kind):
    data = photograph(kind, **({"comment": hiding.SECRET.encode()} if kind == "jpeg" else {}))
    assert b"Exif" in data or b"eXIf" in data
    copy = make(data, kind, boxes=[Box(1, Rect(0.1, 0.1, 0.6, 0.4), "N4-privacy")])
    assert hiding.where(copy.data, [hiding.SECRET]) == set()
    assert b"Exif" not in copy.data
    assert b"eXIf" not in copy.data
    before, after = (Image.open(io.BytesIO(each)).convert("RGB") for each in (data, copy.data))
    turned = before.rotate(-90, expand=True)
    assert after.getpixel((60, 30)) == (0, 0, 0) or max(after.getpixel((60, 30))) < 20
    assert all(abs(a - b) < 12 for a, b in zip(after.getpixel((200, 200)), turned.getpixel((200, 200)), strict=True))


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_that_is_not_clean_is_refused(kind):
    picture = Image.new("RGB", (100, 80), "red")
    boxes = {1: [Box(1, Rect(0.1, 0.1, 0.6, 0.4), "N4-privacy")]}
    expected = Expected("black", [(100, 80)], boxes, {}, frozenset())
    unpainted = pictures.saved(picture, kind)
    assert prove_picture(unpainted, expected).findings == ["遮盖框内有未遮盖的像素"]
    pictures.burn(picture, boxes[1], (), "black")
    clean = pictures.saved(picture, kind)
    assert prove_picture(clean, expected).findings == []
    assert prove_picture(clean + b"tail", expected).findings != []
    assert prove_picture(clean, Expected("black", [(99, 80)], boxes, {}, frozenset())).findings == [
        "图片的幅面与原件不符"
    ]
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "x"
    picture.save(stream, kind, exif=exif, quality=90, subsampling=0)
    assert prove_picture(stream.getvalue(), expected).findings == [
        "图片带有附加信息" if kind == "png" else "图像带有附加信息"
    ]


def test_a_copy_that_is_no_pdf_has_findings_and_no_exception():
    expected = Expected("black", [(100, 80)], {1: []}, {}, frozenset({"甲乙"}))
    assert len(prove(b"%PDF-1.7\nnothing", expected).findings) >= 3
