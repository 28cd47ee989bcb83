"""How the picture of a page is kept: small, and nothing of it lost that can be seen."""

import io

import pypdfium2
import pytest
from PIL import Image

from builders import hiding
from gongkai.files.redaction import pictures, writing
from gongkai.files.redaction.original import open_original

TEXT = "本机关经审查认为，您申请公开的信息可以公开。" * 6


def drawn(source):
    with open_original(hiding.typeset(source), "pdf") as original:
        return original.picture(1, 300)


@pytest.mark.parametrize(
    ("source", "right"),
    [
        (TEXT, True),
        (f"#text(size: 7pt)[{TEXT}]", True),
        (f"#table(columns: 2, stroke: 0.3pt, [{TEXT}], [乙])", True),
        (f"{TEXT} #text(fill: red)[公章]", False),
        (f"{TEXT} #text(fill: rgb(0, 0, 110))[蓝字]", False),
        (f"{TEXT} #text(fill: luma(190))[浅灰的页脚说明文字]", False),
        (f"{TEXT} #text(fill: luma(120))[灰色的说明文字]", False),
        (f"{TEXT} #rect(fill: luma(220))[底纹]", False),
        ("#rect(width: 100%, height: 50pt, fill: gradient.linear(black, white))", False),
        ("", True),
    ],
)
def test_a_page_is_black_and_white_where_nothing_is_lost_by_it(source, right):
    assert pictures.is_black_and_white(drawn(source)) is right


@pytest.mark.parametrize(
    ("keep", "source", "most"),
    [
        (pictures.fax, TEXT, 1),
        (pictures.coloured, f"{TEXT} #text(fill: luma(190))[浅灰]", 30),
        (pictures.coloured, f"{TEXT} #text(fill: red, size: 30pt)[公章]", 60),
        (pictures.coloured, "#rect(width: 100%, height: 200pt, fill: gradient.linear(..color.map.viridis))", 60),
    ],
)
def test_a_picture_comes_back_from_the_file_as_it_went_in(keep, source, most):
    picture = drawn(source)
    copy = writing.written([writing.Page((400, 300), keep(picture))], "甲")
    document = pypdfium2.PdfDocument(copy)
    (image,) = document[0].get_objects()
    back = image.get_bitmap(render=False).to_pil().convert("RGB")
    document.close()
    assert back.size == picture.size
    flat = picture.convert("L").point(lambda value: 255 if value >= 160 else 0).convert("RGB")
    wanted = flat if keep is pictures.fax else picture
    pairs = zip(back.reduce(4).tobytes(), wanted.reduce(4).tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= most


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_pictures_of_every_mode_are_opened_on_white_paper(mode):
    stream = io.BytesIO()
    Image.new(mode, (40, 30)).save(stream, "JPEG" if mode == "CMYK" else "PNG")
    with open_original(stream.getvalue(), "jpeg" if mode == "CMYK" else "png") as original:
        picture = original.picture(1, 0)
    assert (picture.size, picture.mode) == ((40, 30), "RGB")
    assert picture.getpixel((5, 5)) == ((255, 255, 255) if mode in {"RGBA", "LA", "CMYK"} else (0, 0, 0))


def test_text_in_a_form_is_looked_at_too():
    """Taking the text away must work inside forms, or all of it would count as unseen."""
    with open_original(hiding.in_a_form(), "pdf") as original:
        glyphs = original.glyphs(1)
    assert len(glyphs) > 20
    assert all(glyph.seen for glyph in glyphs)
