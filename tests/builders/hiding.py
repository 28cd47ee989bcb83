"""PDFs that hold a secret in every place a PDF has for one, besides the page itself.

Each function of ``PLACES`` takes a PDF that shows ``SECRET`` on its first page, and hides it once more.
"""

from __future__ import annotations

import io
from functools import cache
from importlib import resources

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

SECRET = "欧阳慕容"
NUMBER = "11010119900307123X"
REST = "本案其余内容可以公开"
PLACES = {}


def place(function):
    PLACES[function.__name__] = function
    return function


@cache
def typeset(*pages: str) -> bytes:
    """Return a PDF of typst source, one string a page, in the project's own face."""
    fonts = str(resources.files("gongkai.typeset") / "fonts")
    head = '#set text(font: "Gongkai Serif SC", size: 14pt, lang: "zh")\n#set page(width: 400pt, height: 300pt)\n'
    return typst.compile((head + "\n#pagebreak()\n".join(pages)).encode(), font_paths=[fonts])


def letter() -> bytes:
    """Return a page that shows the secret between other text."""
    return typeset(f"申请人：{SECRET}\n\n证件号码：{NUMBER}\n\n{REST}。", "第二页没有遮盖，文字照旧")


def changed(data: bytes, change, **saving) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **({"static_id": True, "fix_metadata_version": False} | saving))
    return out.getvalue()


def drawn(data: bytes, operators: str, *, before=False, resources_of=None) -> bytes:
    """Add operators to the first page, over what is there or under it."""

    def change(pdf):
        page = pdf.pages[0]
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        page.add_resource(font, Name.Font, Name.Helv)
        if resources_of:
            resources_of(pdf, page)
        page.contents_add(pdf.make_stream(operators.encode()), prepend=before)

    return changed(data, change)


def note(pdf, page, subtype, **entries):
    fields = {"Type": Name.Annot, "Subtype": Name("/" + subtype), "Rect": Array([300, 20, 320, 40])} | entries
    annotations = page.obj.get("/Annots", Array())
    annotations.append(pdf.make_indirect(Dictionary(**fields)))
    page.obj.Annots = annotations


@place
def info(data):
    return changed(data, lambda pdf: pdf.docinfo.update({"/Title": f"关于{SECRET}的答复", "/Subject": NUMBER}))


@place
def xmp(data):
    def change(pdf):
        text = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{SECRET}</a></x:xmpmeta>"
        pdf.Root.Metadata = pdf.make_stream(text.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return changed(data, change)


@place
def xmp_of_a_picture(data):
    def change(pdf):
        metadata = pdf.make_stream(SECRET.encode("utf-16-be"), Type=Name.Metadata, Subtype=Name.XML)
        image = pdf.make_stream(bytes(3), Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
        image.ColorSpace, image.BitsPerComponent, image.Metadata = Name.DeviceRGB, 8, metadata
        pdf.pages[0].add_resource(image, Name.XObject, Name.Im)

    return changed(data, change)


@place
def attachment(data):
    def change(pdf):
        pdf.attachments[f"{SECRET}.txt"] = pikepdf.AttachedFileSpec(
            pdf, SECRET.encode("gb18030"), filename=f"{SECRET}.txt"
        )

    return changed(data, change)


@place
def attachment_on_the_page(data):
    def change(pdf):
        spec = pikepdf.AttachedFileSpec(pdf, SECRET.encode(), filename="a.txt")
        note(pdf, pdf.pages[0], "FileAttachment", FS=spec.obj, Contents=String(SECRET))

    return changed(data, change)


@place
def comment(data):
    return changed(
        data, lambda pdf: note(pdf, pdf.pages[0], "Text", Contents=String(f"见{SECRET}"), T=String(SECRET), F=2)
    )


@place
def link(data):
    def change(pdf):
        action = Dictionary(S=Name.URI, URI=String("https://example.org/?q=" + "%E6%AC%A7%E9%98%B3"))
        note(pdf, pdf.pages[0], "Link", A=action, Contents=String(SECRET))

    return changed(data, change)


@place
def script(data):
    def change(pdf):
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))
        pdf.Root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS=String(SECRET)))

    return changed(data, change)


@place
def hidden_field(data):
    def change(pdf):
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("name"),
                V=String(SECRET),
                DV=String(SECRET),
                F=2,
                Rect=Array([10, 10, 20, 20]),
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=pdf.make_stream(f"<a>{SECRET}</a>".encode()))

    return changed(data, change)


@place
def outline(data):
    def change(pdf):
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"一、{SECRET}", 0))

    return changed(data, change)


@place
def destination(data):
    def change(pdf):
        names = Dictionary(Names=Array([String(SECRET), Array([pdf.pages[0].obj, Name.Fit])]))
        pdf.Root.Names = Dictionary(Dests=names)
        pdf.Root.Dests = Dictionary({"/" + SECRET: Array([pdf.pages[0].obj, Name.Fit])})

    return changed(data, change)


@place
def page_label(data):
    def change(pdf):
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(SECRET))]))

    return changed(data, change)


@place
def thumbnail(data):
    def change(pdf):
        pixels = SECRET.encode("utf-16-be").ljust(12)
        thumb = pdf.make_stream(pixels, Width=2, Height=2, ColorSpace=Name.DeviceRGB, BitsPerComponent=8)
        pdf.pages[0].obj.Thumb = thumb

    return changed(data, change)


@place
def structure(data):
    def change(pdf):
        element = Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(SECRET), ActualText=String(NUMBER))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(element)))

    return changed(data, change)


@place
def private_data(data):
    def change(pdf):
        private = Dictionary(Word=Dictionary(LastModified=String("D:2024"), Private=String(SECRET)))
        pdf.pages[0].obj.PieceInfo = private

    return changed(data, change)


@place
def unused_object(data):
    """Write an object by hand that nothing points to."""
    extra = f"\n900 0 obj\n<< /Note <{SECRET.encode('utf-16-be').hex()}> >>\nendobj\n".encode()
    return data + extra


@place
def behind_the_end(data):
    return data + SECRET.encode() + SECRET.encode("utf-16-be") + SECRET.encode("gb18030")


@place
def marked_content(data):
    code = SECRET.encode("utf-16-be").hex()
    return drawn(data, f"/Span << /ActualText <FEFF{code}> >> BDC BT /Helv 9 Tf 20 20 Td (x) Tj ET EMC")


@place
def unused_form(data):
    def add(pdf, page):
        form = pdf.make_stream(SECRET.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
        page.add_resource(form, Name.XObject, Name.Fm)

    return drawn(data, "q Q", resources_of=add)


@place
def white_text(data):
    return drawn(data, f"q 1 g BT /Helv 9 Tf 20 20 Td ({NUMBER}) Tj ET Q")


@place
def text_behind_a_bar(data):
    return drawn(data, f"q BT /Helv 9 Tf 20 20 Td ({NUMBER}) Tj ET 0 g 15 15 150 15 re f Q")


@place
def text_off_the_page(data):
    return drawn(data, f"q BT /Helv 9 Tf 20 -50 Td ({NUMBER}) Tj ET Q")


@place
def text_cut_away(data):
    return drawn(data, f"q 0 0 5 5 re W n BT /Helv 9 Tf 20 20 Td ({NUMBER}) Tj ET Q")


@place
def unseen_text(data):
    return drawn(data, f"q BT 3 Tr /Helv 9 Tf 20 20 Td ({NUMBER}) Tj ET Q")


@place
def text_painted_over(data):
    """White a number out and type another over it."""
    return drawn(
        data,
        f"q BT /Helv 9 Tf 20 20 Td ({NUMBER}) Tj ET 1 g 15 15 150 15 re f 0 g"
        " BT /Helv 9 Tf 21 20 Td (AB-CD-EF-GH-IJ-KL-MN) Tj ET Q",
    )


@place
def layer_switched_off(data):
    def add(pdf, page):
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("审核意见")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([group])))
        page.add_resource(group, Name.Properties, Name.Layer)

    return drawn(data, f"/OC /Layer BDC BT /Helv 9 Tf 20 20 Td ({NUMBER}) Tj ET EMC", resources_of=add)


@place
def layer_behind_text(data):
    """Hide a layer behind text that is seen: taking the text away changes the page there."""
    return drawn(layer_switched_off(data), "q BT /Helv 9 Tf 20 20 Td (HHHHHHHHHHHHHHHHHHHHHHHH) Tj ET Q", before=True)


SHOWN = {}


def shown(function):
    SHOWN[function.__name__] = function
    return function


LATIN = "Zhang-Sanfeng"
LATIN_REST = "the rest may be read"


def written(operators: str, change=None, **saving) -> bytes:
    """Return a page of 400 by 300 points with the rest in plain text and whatever the operators draw."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 300))
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.add_resource(font, Name.Font, Name.F)
    rest = f"BT /F 12 Tf 40 100 Td ({LATIN_REST}) Tj ET\n"
    page.obj.Contents = pdf.make_stream((rest + operators).encode("latin-1"))
    if change:
        change(pdf, page)
    out = io.BytesIO()
    pdf.save(out, static_id=True, **saving)
    return out.getvalue()


PLAIN = f"BT /F 12 Tf 40 200 Td ({LATIN}) Tj ET"


@shown
def plain_text():
    return written(PLAIN)


@shown
def kerned():
    return written("BT /F 12 Tf 40 200 Td [(Zh) 40 (ang) -120 (-S) 30 (anf) 80 (eng)] TJ ET")


@shown
def in_several_operators():
    pieces = ["Zha", "ng-", "Sanf", "eng"]
    return written(" ".join(f"BT /F 12 Tf {40 + 24 * n} 200 Td ({piece}) Tj ET" for n, piece in enumerate(pieces)))


@shown
def written_backwards():
    return written(" ".join(f"BT /F 12 Tf {148 - 9 * n} 200 Td ({one}) Tj ET" for n, one in enumerate(reversed(LATIN))))


@shown
def over_two_lines():
    return written("BT /F 12 Tf 300 200 Td (Zhang-) Tj ET BT /F 12 Tf 40 180 Td (Sanfeng) Tj ET")


@shown
def with_wide_blanks():
    return written(f"BT /F 12 Tf 9 Tc 40 200 Td ({LATIN}) Tj 0 Tc ET")


@shown
def hexadecimal():
    return written(f"BT /F 12 Tf 40 200 Td <{LATIN.encode().hex()}> Tj ET")


@shown
def octal():
    return written("BT /F 12 Tf 40 200 Td (" + "".join(f"\\{ord(one):03o}" for one in LATIN) + ") Tj ET")


@shown
def in_a_form():
    def change(pdf, page):
        form = pdf.make_stream(PLAIN.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 400, 300]))
        form.Resources = Dictionary(Font=Dictionary(F=page.obj.Resources.Font.F))
        page.add_resource(form, Name.XObject, Name.Fm)

    return written("q 0.9 0 0 0.9 10 10 cm /Fm Do Q", change)


@shown
def in_a_stamp():
    """Write the secret in an annotation that is seen."""

    def change(pdf, page):
        form = pdf.make_stream(PLAIN.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 400, 300]))
        form.Resources = Dictionary(Font=Dictionary(F=page.obj.Resources.Font.F))
        note(pdf, page, "Stamp", Rect=Array([0, 0, 400, 300]), AP=Dictionary(N=form), F=4, Contents=String(LATIN))

    return written("", change)


@shown
def in_a_field():
    def change(pdf, page):
        form = pdf.make_stream(PLAIN.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 400, 300]))
        form.Resources = Dictionary(Font=Dictionary(F=page.obj.Resources.Font.F))
        entries = {"FT": Name.Tx, "T": String("name"), "V": String(LATIN), "F": 4, "AP": Dictionary(N=form)}
        note(pdf, page, "Widget", **(entries | {"Rect": Array([0, 0, 400, 300])}))
        pdf.Root.AcroForm = Dictionary(Fields=page.obj.Annots)

    return written("", change)


@shown
def in_drawn_letters():
    return in_letters_drawn(LATIN)


def in_letters_drawn(text: str) -> bytes:
    """Write in a font of drawings (Type 3), whose codes say nothing."""

    def change(pdf, page):
        proc = pdf.make_stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
        codes = {one: code for code, one in enumerate(dict.fromkeys(text), start=1)}
        pairs = "\n".join(f"<{code:02X}> <{one.encode('utf-16-be').hex()}>" for one, code in codes.items())
        cmap = (
            "/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def\n1 begincodespacerange <00> <FF> "
            f"endcodespacerange\n{len(codes)} beginbfchar\n{pairs}\nendbfchar\nendcmap end"
        )
        names = [Name(f"/g{code}") for code in codes.values()]
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 600, 700]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary({str(name): proc for name in names}),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *names])),
            FirstChar=1,
            LastChar=len(codes),
            Widths=Array([600] * len(codes)),
            ToUnicode=pdf.make_stream(cmap.encode()),
        )
        page.add_resource(pdf.make_indirect(font), Name.Font, Name.T3)
        content = "".join(f"{codes[one]:02X}" for one in text)
        page.contents_add(pdf.make_stream(f"BT /T3 12 Tf 40 200 Td <{content}> Tj ET".encode()))

    return written("", change)


def _turned(angle):
    def change(pdf, page):
        page.obj.Rotate = angle

    return written(PLAIN, change)


@shown
def turned_90():
    return _turned(90)


@shown
def turned_180():
    return _turned(180)


@shown
def turned_270():
    return _turned(270)


@shown
def text_standing_upright():
    return written(f"BT /F 12 Tf 0 1 -1 0 360 130 Tm ({LATIN}) Tj ET")


@shown
def text_askew():
    return written(f"BT /F 12 Tf 0.9 0.3 -0.3 0.9 60 160 Tm ({LATIN}) Tj ET")


@shown
def cropped():
    def change(pdf, page):
        page.obj.CropBox = Array([20, 40, 380, 260])

    return written(PLAIN, change)


@shown
def cropped_and_turned():
    def change(pdf, page):
        page.obj.MediaBox, page.obj.CropBox = Array([-50, -30, 420, 320]), Array([20, 40, 380, 260])
        page.obj.Rotate = 90

    return written(PLAIN, change)


@shown
def in_larger_units():
    def change(pdf, page):
        page.obj.UserUnit = 2

    return written(PLAIN, change)


@shown
def bold_by_repetition():
    return written(PLAIN + f" BT /F 12 Tf 40.3 200 Td ({LATIN}) Tj ET")


@shown
def in_object_streams():
    return written(PLAIN, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@shown
def locked_against_changes():
    return written(PLAIN, encryption=pikepdf.Encryption(owner="secret", user="", R=6))


def signed() -> bytes:
    """Return a PDF with the field of a signature."""

    def change(pdf, page):
        value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 1, 2, 3]), Contents=b"0")
        note(pdf, page, "Widget", FT=Name.Sig, T=String("sig"), V=pdf.make_indirect(value))
        pdf.Root.AcroForm = Dictionary(Fields=page.obj.Annots, SigFlags=3)

    return written(PLAIN, change)


def revised() -> bytes:
    """Return a PDF whose earlier revision shows the secret, and whose last one does not."""
    first = written(PLAIN, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number, root, size = pdf.pages[0].obj.Contents.objgen[0], pdf.Root.objgen[0], int(pdf.trailer.Size)
    previous = int(first[first.rindex(b"startxref") :].split()[1])
    content = f"BT /F 12 Tf 40 100 Td ({LATIN_REST}) Tj ET".encode()
    update = b"%d 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (number, len(content), content)
    table = (
        f"xref\n{number} 1\n{len(first):010d} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Prev {previous} >>\n"
    )
    return first + update + table.encode() + b"startxref\n%d\n%%%%EOF\n" % (len(first) + len(update))


def locked() -> bytes:
    """Return a PDF that needs a password."""
    return written(PLAIN, encryption=pikepdf.Encryption(owner="a", user="b", R=6))


def scanned(picture: bytes, wide: int, high: int) -> bytes:
    """Return a page that is one grey picture, ``picture`` its pixels."""

    def change(pdf, page):
        image = pdf.make_stream(picture, Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high)
        image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
        page.add_resource(image, Name.XObject, Name.Im)

    return written("q 400 0 0 300 0 0 cm /Im Do Q", change)


def blank(*sizes: tuple[float, float]) -> bytes:
    """Return pages of these sizes, each with a line of text."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number, size in enumerate(sizes, start=1):
        page = pdf.add_blank_page(page_size=size)
        page.add_resource(font, Name.Font, Name.F)
        page.obj.Contents = pdf.make_stream(f"BT /F 12 Tf 20 20 Td (page {number} {LATIN}) Tj ET".encode())
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


FORMS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")


def where(data: bytes, words) -> set[str]:
    """Return where a file holds one of ``words``: this knows nothing of how redaction looks for them."""
    needles = {form for word in words for code in FORMS for form in _forms(word.encode(code))}
    found = {"bytes"} if any(needle in data.lower() for needle in needles) else set()
    if not data.startswith(b"%PDF"):
        return found
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                try:
                    body = one.read_bytes()
                except pikepdf.PdfError:  # a picture
                    body = one.read_raw_bytes()
                found |= {"stream"} if any(needle in body.lower() for needle in needles) else set()
            found |= {"object"} if any(_says(one, word) for word in words) else set()
    for name, text in texts(data).items():
        flat = "".join(text.split()).casefold()
        found |= {name} if any(word.casefold() in flat for word in words) else set()
    return found


def texts(data: bytes) -> dict[str, str]:
    """Return the text of a PDF by two libraries, in the order it was written."""
    import pdfplumber  # noqa: PLC0415 -- slow to load
    import pypdfium2  # noqa: PLC0415 -- the same

    document = pypdfium2.PdfDocument(data)
    one = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    with pdfplumber.open(io.BytesIO(data)) as plumber:
        other = "".join(char["text"] for page in plumber.pages for char in page.chars)
    return {"pdfium": one, "pdfplumber": other}


def _forms(raw: bytes) -> set[bytes]:
    return {raw.lower(), raw.hex().encode(), "".join(f"\\{byte:03o}" for byte in raw).encode()}


def _says(one, word, depth=0) -> bool:
    if isinstance(one, String):
        return word in str(one) or word.encode("utf-16-be") in bytes(one)
    if isinstance(one, Name):
        return word in str(one)
    if isinstance(one, Dictionary | pikepdf.Stream) and depth < 8:
        return any(
            word in key or (not _is_reference(value) and _says(value, word, depth + 1)) for key, value in one.items()
        )
    if isinstance(one, Array) and depth < 8:
        return any(not _is_reference(value) and _says(value, word, depth + 1) for value in one)
    return False


def _is_reference(value) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect
