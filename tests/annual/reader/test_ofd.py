"""OFD: text by deltas and glyph numbers, ruled lines, templates, containers with several documents."""

from __future__ import annotations

import io
import struct
from itertools import pairwise

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from builders.ofd import Ofd, element, grid, page, path, table, text, zipped
from gongkai.annual.errors import (
    DamagedFileError,
    HostileFileError,
    NotAReportError,
    ProtectedFileError,
    TooLargeError,
)
from gongkai.annual.reader import ofd as reader
from gongkai.annual.reader import ofd_fonts, ofd_pages
from gongkai.annual.reader.source import Block, Grid, Line, Source

XS = [20.0, 70.0, 110.0, 150.0]
ROWS = [["信息内容", "本年制发件数", "现行有效"], ["规章", "12", "0"]]


def load(document: Ofd) -> Source:
    return reader.load(document.data(), file="x.ofd")


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Line)]


def cells(blocks: tuple[Block, ...]) -> list[list[str]]:
    (found,) = [block for block in blocks if isinstance(block, Grid)]
    return [[cell.text if cell else "" for cell in row] for row in found.rows()]


def shown(layer: str) -> list[str]:
    return texts(load(Ofd([layer])).blocks)


def codes(source: Source) -> list[tuple[str, str]]:
    return [(diagnostic.code, diagnostic.where) for diagnostic in source.diagnostics]


# Text and lines


def test_a_table_and_the_text_around_it():
    source = load(Ofd([text(20, 20, "二、主动公开政府信息情况") + table(XS, 40, ROWS) + text(20, 80, "三、其他")]))
    assert (source.kind, texts(source.blocks)) == ("ofd", ["二、主动公开政府信息情况", "三、其他"])
    assert cells(source.blocks) == ROWS


def test_the_other_reading_is_its_rows():
    (rows,) = load(Ofd([table(XS, 40, ROWS)])).alternatives
    assert texts(rows.blocks) == ["信息内容\t本年制发件数\t现行有效", "规章\t12\t0"]


def test_characters_stand_where_their_deltas_put_them():
    assert shown(text(20, 20, "规章12", DeltaX="4 20 2")) == ["规章\t12"]


def test_a_repeated_delta_is_written_once():
    assert shown(text(20, 20, "公开政府信息", DeltaX="g 3 4 30 4")) == ["公开政府\t信息"]


def test_deltas_down_the_page_make_a_column_of_characters():
    layer = grid([20, 30, 80], [20, 60, 70]) + text(23, 21, "本年度", DeltaX="g 2 0", DeltaY="g 2 5")
    assert cells(load(Ofd([layer])).blocks)[0][0] == "本年度"


def test_without_deltas_characters_follow_by_their_width():
    assert shown(text(20, 20, "规章12")) == ["规章12"]


@pytest.mark.parametrize("damaged", ["4 x 4", "4 g 2", "4 g x 4", "g inf 4"])
def test_a_damaged_list_of_deltas_holds_as_far_as_it_is_whole(damaged):
    assert sorted(shown(text(20, 20, "规章", DeltaX=damaged))[0]) == ["章", "规"]


def test_a_narrow_step_is_not_taken_for_an_overlap():
    assert shown(text(20, 20, "11", DeltaX="1")) == ["11"]


def test_a_matrix_moves_and_scales_the_text():
    layer = text(20, 20, "上", CTM="2 0 0 2 0 100") + text(20, 60, "下")
    assert shown(layer) == ["下", "上"]


@pytest.mark.parametrize("broken", [{"CTM": "1 0"}, {"CTM": "a b c d e f"}, {"HScale": "x"}, {"Boundary": "nan 0 1 1"}])
def test_a_broken_attribute_counts_as_missing(broken):
    assert shown(text(20, 20, "规章", **broken)) == ["规章"]


def test_text_without_a_size_or_a_boundary_is_still_there():
    assert sorted(shown("<ofd:TextObject><ofd:TextCode>规</ofd:TextCode></ofd:TextObject>")) == ["规"]


def test_an_empty_text_code_is_nothing():
    assert shown("<ofd:TextObject><ofd:TextCode/></ofd:TextObject>" + text(20, 20, "规章")) == ["规章"]


def test_spaces_are_told_by_place_not_written():
    assert shown(text(20, 20, "规 章", DeltaX="4 4")) == ["规章"]


def test_what_is_not_visible_is_not_there():
    assert shown(text(20, 20, "规章") + text(20, 40, "隐", Visible="false")) == ["规章"]


def test_text_in_blocks_and_composites_is_read_where_they_stand():
    unit = f'<ofd:CompositeGraphicUnit ID="50"><ofd:Content>{text(0, 0, "合")}</ofd:Content></ofd:CompositeGraphicUnit>'
    res = element("Res", f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")
    layer = text(20, 60, "末") + '<ofd:CompositeObject ResourceID="50" Boundary="20 30 10 10"/>'
    layer += f"<ofd:PageBlock>{text(20, 20, '首')}</ofd:PageBlock>"
    document = Ofd([layer], common="<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>")
    document.members["Doc_0/PublicRes.xml"] = res
    assert texts(load(document).blocks) == ["首", "合", "末"]


def test_composites_within_themselves_end():
    inner = text(0, 0, "合") + '<ofd:CompositeObject ResourceID="50" Boundary="0 9 10 10"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="50"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'
    document = Ofd(['<ofd:CompositeObject ResourceID="50"/>'], common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>")
    document.members["Doc_0/R.xml"] = element("Res", unit)
    assert texts(load(document).blocks) == ["合"] * ofd_pages.MAX_DEPTH


def test_an_unknown_composite_is_nothing():
    assert shown(text(20, 20, "规章") + '<ofd:CompositeObject ResourceID="7"/><ofd:Unknown/>') == ["规章"]


# Paths


def written_rows(lines: str) -> list[list[str]]:
    layer = lines + "".join(
        text(x + 1, 41 + 8 * index, words) for index, row in enumerate(ROWS) for x, words in zip(XS, row, strict=False)
    )
    return cells(load(Ofd([layer])).blocks)


def test_borders_drawn_as_one_path():
    down = " ".join(f"M {x} 40 L {x} 56" for x in XS)
    assert written_rows(path(f"S 20 40 L 150 40 M 20 48 L 150 48 M 20 56 L 150 56 {down}")) == ROWS


def test_cells_drawn_as_closed_boxes():
    boxes = "".join(
        path(f"M {left} {y} L {right} {y} L {right} {y + 8} L {left} {y + 8} C")
        for y in (40, 48)
        for left, right in pairwise(XS)
    )
    assert written_rows(boxes) == ROWS


def test_borders_drawn_as_thin_filled_boxes():
    bars = [f"M 20 {y} L 150 {y} L 150 {y + 0.2} L 20 {y + 0.2} C" for y in (40, 48, 56)]
    bars += [f"M {x} 40 L {x + 0.2} 40 L {x + 0.2} 56 L {x} 56 C" for x in XS]
    assert written_rows("".join(path(bar, Fill="true", Stroke="false") for bar in bars)) == ROWS


def test_borders_drawn_as_stretched_pictures():
    pictures = [f'<ofd:ImageObject ResourceID="9" Boundary="20 {y} 130 0.2"/>' for y in (40, 48, 56)]
    pictures += [f'<ofd:ImageObject ResourceID="9" Boundary="{x} 40 0.2 16"/>' for x in XS]
    assert written_rows("".join(pictures)) == ROWS


def test_a_path_is_placed_by_its_boundary_and_matrix():
    lines = "".join(
        [path("M 0 0 L 65 0", Boundary=f"20 {y} 130 1", CTM="2 0 0 1 0 0") for y in (40, 48, 56)]
        + [path("M 0 0 L 0 16", Boundary=f"{x} 40 1 16") for x in XS]
    )
    assert written_rows(lines) == ROWS


@pytest.mark.parametrize(
    "data", ["M 20 90 Q 30 100 40 90 B 1 2 3 4 60 90 A 1 1 0 0 0 80 90 C", "C", "", "M x y L 1", "? 3"]
)
def test_curves_and_broken_paths_are_no_borders(data):
    assert written_rows(grid(XS, [40, 48, 56]) + path(data)) == ROWS


# Templates


def test_a_template_lies_under_the_page():
    document = Ofd(
        [text(71, 49, "12"), text(71, 49, "7")],
        templates=[grid(XS, [40, 48, 56]) + text(21, 49, "规章")],
        page_heads='<ofd:Template TemplateID="90" ZOrder="Background"/>',
    )
    found = [block for block in load(document).blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in block.cells if cell.text] for block in found] == [["规章", "12"], ["规章", "7"]]


def test_a_template_that_is_not_declared_is_nothing():
    assert texts(load(Ofd([text(20, 20, "规章")], page_heads='<ofd:Template TemplateID="1"/>')).blocks) == ["规章"]


def test_a_page_has_its_own_size_and_corner():
    head = "<ofd:Area><ofd:PhysicalBox>10 10 100 50</ofd:PhysicalBox></ofd:Area>"
    drawing = ofd_pages.Drawing()
    document = Ofd([text(20, 20, "规章")], page_heads=head)
    archive = reader.Package(reader.Archive(document.data()))
    drawing.page(ofd_pages.Resources(archive, "Doc_0/Document.xml", None), "Doc_0/Pages/Page_0/Content.xml")
    (sheet,) = drawing.sheets
    assert (round(sheet.width), round(sheet.height), round(sheet.glyphs[0].x0)) == (283, 142, 28)


def test_a_document_that_does_not_say_its_size_is_a4():
    document = Ofd([text(20, 20, "规章")])
    document.members["Doc_0/Document.xml"] = element(
        "Document", '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
    )
    assert texts(load(document).blocks) == ["规章"]


# Glyph numbers


def font(*subtables: tuple[int, int, int, dict[int, str]]) -> bytes:
    """A font whose cmap has the given (format, platform, encoding, codes)."""
    names = [".notdef", "one", "two", "gui", "zhang", "clef"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    cmap = newTable("cmap")
    cmap.tableVersion = 0
    cmap.tables = []
    for form, platform, encoding, mapping in subtables:
        made = CmapSubtable.newSubtable(form)
        made.platformID, made.platEncID, made.language, made.cmap = platform, encoding, 0, mapping
        cmap.tables.append(made)
    builder.font["cmap"] = cmap
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


CODES = {ord("1"): "one", ord("2"): "two", ord("规"): "gui", ord("章"): "zhang"}


def with_font(layer: str, data: bytes, *, base: str = "") -> Ofd:
    res = element("Res", '<ofd:Fonts><ofd:Font ID="3"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>')
    res = res.replace("<ofd:Res ", f'<ofd:Res BaseLoc="{base}" ')
    document = Ofd([layer], common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
    document.members |= {"Doc_0/DocumentRes.xml": res, f"Doc_0/{base}{'/' if base else ''}f.ttf": data}
    return document


@pytest.mark.parametrize("base", ["", "Res"])
@pytest.mark.parametrize("form", [4, 12])
def test_glyph_numbers_are_read_through_the_embedded_font(form, base):
    layer = text(20, 20, "¤¤\ue000¤", glyphs="3 4 1 2")
    source = load(with_font(layer, font((form, 3, 1 if form == 4 else 10, CODES)), base=base))
    assert (texts(source.blocks), source.diagnostics) == (["规章12"], ())


def test_text_that_is_written_out_wins_over_its_glyph_numbers():
    assert texts(load(with_font(text(20, 20, "规章", glyphs="1 2"), font((4, 3, 1, CODES)))).blocks) == ["规章"]


@pytest.mark.parametrize("data", [b"", b"no font", font((4, 3, 0, CODES))], ids=["empty", "damaged", "symbols only"])
def test_glyphs_that_a_font_does_not_map_are_marked_and_named(data):
    layer = text(20, 20, "¤¤", glyphs="3 9") + text(20, 40, "规章")
    source = load(with_font(layer, data))
    assert (texts(source.blocks), codes(source)) == (["��", "规章"], [("ofd-unmapped-glyphs", "第1页")])


def test_glyphs_of_a_font_that_is_not_embedded_are_marked_and_named():
    source = load(Ofd([text(20, 20, "¤1", glyphs="3")]))
    assert (texts(source.blocks), codes(source)) == (["�1"], [("ofd-unmapped-glyphs", "第1页")])


def test_a_character_without_meaning_and_without_a_glyph_number_is_marked():
    assert shown(text(20, 20, "\ue0001")) == ["�1"]


def test_a_sign_that_is_no_placeholder_stays():
    assert shown(text(20, 20, "□有效")) == ["□有效"]


def test_a_font_named_without_a_file_and_a_missing_resource_are_no_harm():
    document = Ofd(
        [text(20, 20, "规章")],
        common="<ofd:PublicRes>None.xml</ofd:PublicRes><ofd:DocumentRes>R.xml</ofd:DocumentRes>",
        page_heads="<ofd:PageRes>None.xml</ofd:PageRes>",
    )
    document.members["Doc_0/R.xml"] = element("Res", '<ofd:Font ID="3" FontName="宋体"/>')
    assert texts(load(document).blocks) == ["规章"]


# Fonts by themselves


def test_of_several_codes_for_a_glyph_the_lowest_is_taken():
    assert ofd_fonts.characters(font((4, 3, 1, {0x2F00: "one", 0x4E00: "one"})))[1] == "\u2f00"


def test_the_oldest_and_the_trimmed_format_are_read_too():
    old = font((0, 0, 0, {49: "one", 50: "two"}), (6, 0, 3, {0x89C4: "gui", 0x89C5: "zhang"}))
    assert ofd_fonts.characters(old) == {1: "1", 2: "2", 3: "规", 4: "\u89c5"}


def test_unknown_formats_are_passed_over():
    assert ofd_fonts.characters(font((2, 0, 3, {49: "one"}), (4, 3, 1, {50: "two"}))) == {2: "2"}


def test_codes_beyond_the_basic_plane_are_read():
    assert ofd_fonts.characters(font((12, 3, 10, {0x20000: "clef"}))) == {5: "\U00020000"}


def test_segments_with_a_table_of_glyphs_are_read():
    scattered = {0x4E00: "zhang", 0x4E01: "one", 0x4E02: "gui", 0x4E03: ".notdef", 0x4E04: "two"}
    assert ofd_fonts.characters(font((4, 3, 1, scattered))) == {4: "\u4e00", 1: "\u4e01", 3: "\u4e02", 2: "\u4e04"}


def test_a_font_in_a_collection_is_found():
    single = font((4, 3, 1, CODES))
    collection = struct.pack(">4sIII", b"ttcf", 0x10000, 1, 16) + single
    # The offsets of the tables count from the beginning of the file.
    moved = bytearray(collection)
    for index in range(struct.unpack_from(">H", single, 4)[0]):
        place = 16 + 12 + 16 * index + 8
        struct.pack_into(">I", moved, place, struct.unpack_from(">I", moved, place)[0] + 16)
    assert ofd_fonts.characters(bytes(moved)) == {1: "1", 2: "2", 3: "规", 4: "章"}


def test_a_group_that_claims_more_glyphs_than_a_font_has_ends():
    data = struct.pack(">4sHHHH", b"\0\1\0\0", 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, 0)
    data += struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHIIIIII", 12, 0, 0, 0, 1, 0x20, 0x7FFFFFFF, 1)
    assert len(ofd_fonts.characters(data)) == 0x10001


# Containers


def test_a_signed_container_is_read_and_its_signature_mentioned():
    document = Ofd([text(20, 20, "规章")], body="<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>")
    document.members["Doc_0/Signs/Signatures.xml"] = element("Signatures", "")
    source = load(document)
    assert (texts(source.blocks), codes(source)) == (["规章"], [("ofd-signed", "")])


def test_the_current_version_of_a_document_is_read():
    versions = (
        '<ofd:Versions><ofd:Version ID="1" Index="0" Current="false" BaseLoc="Doc_0/V0.xml"/>'
        '<ofd:Version ID="2" Index="1" Current="true" BaseLoc="Doc_0/V1.xml"/></ofd:Versions>'
    )
    document = Ofd([text(20, 20, "旧")], body=versions)
    document.members |= {
        "Doc_0/V1.xml": element("DocVersion", "<ofd:DocRoot>New/Document.xml</ofd:DocRoot>"),
        "Doc_0/New/Document.xml": element("Document", '<ofd:Pages><ofd:Page BaseLoc="P.xml"/></ofd:Pages>'),
        "Doc_0/New/P.xml": page(text(20, 20, "新")),
    }
    assert texts(load(document).blocks) == ["新"]


def test_a_version_that_does_not_say_its_document_leaves_the_usual_one():
    document = Ofd([text(20, 20, "旧")], body='<ofd:Version Current="true" BaseLoc="Doc_0/V1.xml"/>')
    document.members["Doc_0/V1.xml"] = element("DocVersion", "")
    assert texts(load(document).blocks) == ["旧"]


def test_several_documents_are_read_in_order_and_mentioned():
    first = "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>"
    document = Ofd([text(20, 20, "二")], before=first)
    document.members |= {
        "Doc_1/Document.xml": element("Document", '<ofd:Pages><ofd:Page BaseLoc="P.xml"/></ofd:Pages>'),
        "Doc_1/P.xml": page(text(20, 20, "一")),
    }
    source = load(document)
    assert (texts(source.blocks), codes(source)) == (["一", "二"], [("ofd-several-documents", "")])


def test_annotations_and_attachments_are_named_as_not_read():
    document = Ofd([text(20, 20, "规章")], document="<ofd:Annotations>A</ofd:Annotations><ofd:Attachments/>")
    assert codes(load(document)) == [("ofd-annotations-ignored", ""), ("ofd-attachments-ignored", "")]


def test_a_page_that_is_a_picture_is_named():
    picture = '<ofd:ImageObject ResourceID="9" Boundary="0 0 210 297"/>'
    source = load(Ofd([text(20, 20, "规章") + picture, picture]))
    assert codes(source) == [("ofd-image-page", "第2页")]


def test_a_container_of_pictures_alone_is_no_report():
    with pytest.raises(NotAReportError, match="扫描图像"):
        load(Ofd(['<ofd:ImageObject ResourceID="9" Boundary="0 0 210 297"/>']))


@pytest.mark.parametrize(
    "location", ["/Doc_0/Pages/Page_0/Content.xml", "Pages\\Page_0\\CONTENT.xml", "Doc_0/Pages/Page_0/Content.xml"]
)
def test_paths_are_found_as_producers_write_them(location):
    document = Ofd([text(20, 20, "规章")])
    document.members["Doc_0/Document.xml"] = element(
        "Document", f'<ofd:Pages><ofd:Page ID="1" BaseLoc="{location}"/></ofd:Pages>'
    )
    assert texts(load(document).blocks) == ["规章"]


def test_the_older_namespace_is_the_same_format():
    files = {
        name: content.replace("http://www.ofdspec.org/2016", "http://www.ofdspec.org")
        for name, content in Ofd([text(20, 20, "规章")]).files().items()
    }
    assert texts(reader.load(zipped(files), file="x").blocks) == ["规章"]


# What is refused


def test_a_zip_without_an_entry_is_damaged():
    with pytest.raises(DamagedFileError, match=r"OFD\.xml"):
        reader.load(zipped({"a.xml": "<a/>"}), file="x")


def test_an_encrypted_container_is_protected():
    with pytest.raises(ProtectedFileError, match="加密"):
        reader.load(zipped({"Encryptions.xml": "<a/>"}), file="x")


def test_a_body_that_does_not_say_its_document_is_damaged():
    document = Ofd([text(20, 20, "规章")])
    document.members["OFD.xml"] = element("OFD", "<ofd:DocBody/>")
    with pytest.raises(DamagedFileError, match="DocRoot"):
        load(document)


def test_a_missing_page_is_damage():
    document = Ofd([text(20, 20, "规章")])
    files = document.files()
    del files["Doc_0/Pages/Page_0/Content.xml"]
    with pytest.raises(DamagedFileError, match="缺少必需的部件"):
        reader.load(zipped(files), file="x")


def test_more_pages_than_any_report_has_are_too_many(monkeypatch):
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    with pytest.raises(TooLargeError, match="1 页"):
        load(Ofd(["", ""]))


def test_more_objects_than_any_report_has_are_hostile(monkeypatch):
    monkeypatch.setattr(ofd_pages, "MAX_OBJECTS", 1)
    with pytest.raises(HostileFileError, match="图形"):
        load(Ofd([text(20, 20, "一") + text(20, 40, "二")]))


def test_more_characters_than_any_report_has_are_hostile(monkeypatch):
    monkeypatch.setattr(ofd_pages, "MAX_CHARACTERS", 1)
    with pytest.raises(HostileFileError, match="文字"):
        load(Ofd([text(20, 20, "规章")]))


def test_an_endless_repetition_in_a_delta_costs_nothing():
    assert len(shown(text(20, 20, "规章", DeltaX="g 9e8 4"))) == 1
