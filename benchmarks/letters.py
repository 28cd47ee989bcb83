"""Letters rendered to Word and PDF, as a ratio to setting the same pages bare.

    uv run python benchmarks/letters.py [--scale 0.05]

A thousand letters of every kind of the regulation of 2019, each composed from its wording, then written as .docx and as
PDF. The baseline sets the same documents with a bare typst compiler and packs the same XML with a bare zip, without
composing, checks for glyphs or properties. One process, one core. At full size the run must end within 90 seconds.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
import zipfile
from datetime import date
from importlib import resources
from pathlib import Path

import typst

from gongkai.applications.letters import pdf, word, wording
from gongkai.applications.letters.composing import AnswerPart, Contents, compose
from gongkai.applications.letters.kinds import is_answer, nature
from gongkai.law.letters import letter, letters
from gongkai.law.outcomes import outcomes
from gongkai.law.remedies import Agency, AgencyKind, Part, remedy
from gongkai.typeset.glyphs import FONTS

COUNT, BOUND = 1000, 90
DAY = date(2024, 3, 5)
AGENCY = Agency(AgencyKind.DEPARTMENT, {"own_government": "海岚市人民政府"})
CODES = {one.letter: one.code for one in outcomes()}


def contents(number):
    """Return what the letter of this number is made from: the kinds take turns, each with its own words."""
    kinds = [law.key for law in letters() if nature(law.key, "2019") is not None]
    kind = kinds[number % len(kinds)]
    said = {
        key: f"第{number}件：{caption}的说明文字，写到一行左右为止"
        for key, caption in wording.fields_of(kind, "2019").items()
    }
    given = {
        "you": "您",
        "receipt": f"本机关于2024年2月5日收到您以当面提交方式提出的申请（受理编号：HL-012-2024-{number:05}）",
        "request": f"申请公开的内容为：2023年第{number}号河道采砂许可的台账、审批意见和现场照片。",
        "receipt_number": f"HL-012-2024-{number:05}",
        "received": "2024年2月5日",
        "channel": "当面提交",
        "contact": "水利局办公室，0599-0000000",
        "classification": "",
    }
    answers = is_answer(kind, "2019")
    code = CODES[kind] if answers else "O3"
    return Contents(
        kind=kind,
        regulation="2019",
        agency="海岚市水利局",
        addressee="张晓岚",
        values=given if answers else given | said,
        parts=(AnswerPart(kind, values=said),) if answers else (),
        remedy=remedy(DAY, [Part(code)], AGENCY).text if letter(kind).carries_remedy else "",
        contact="联系人：水利局办公室　电话：0599-0000000",
    )


def ours(numbers):
    """Compose and write; return the documents and the sizes of what was written."""
    wordings = wording.shipped("2019")
    documents, size = [], 0
    for number in numbers:
        document = compose(contents(number), wordings).numbered(f"岚水公开复〔2024〕{number + 1}号", DAY)
        documents.append(document)
        size += len(pdf.write([document])) + len(word.write(document))
    return documents, size


def bare(documents):
    """Set and zip the same pages with nothing around."""
    folder = Path(str(resources.files("gongkai.applications.letters")))
    compiler = typst.Compiler(
        str(folder / "letter.typ"), root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True
    )
    head = {"title": "甲", "author": "乙", "date": [2024, 3, 5], "fonts": [pdf.FACE], "sides": None}
    inputs = [json.dumps(head | {"letters": [pdf.as_data(one)]}, ensure_ascii=False) for one in documents]
    with zipfile.ZipFile(io.BytesIO(word.write(documents[0]))) as package:
        others = {name: package.read(name) for name in package.namelist() if name != "word/document.xml"}
    bodies = []
    for one in documents:
        with zipfile.ZipFile(io.BytesIO(word.write(one))) as package:
            bodies.append(package.read("word/document.xml"))
    start = time.perf_counter()
    for words, body in zip(inputs, bodies, strict=True):
        compiler.compile(format="pdf", pdf_standards=["a-2b"], sys_inputs={"letters": words})
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in {**others, "word/document.xml": body}.items():
                archive.writestr(name, data)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    scale = parser.parse_args().scale
    count = max(1, round(COUNT * scale))
    ours([0])  # the first one loads the face
    start = time.perf_counter()
    documents, size = ours(range(count))
    taken = time.perf_counter() - start
    baseline = bare(documents)
    each = f"{taken / count * 1000:.1f} ms, {size / count / 1024:.0f} KB"
    print(f"{count} letters, docx and pdf: {taken:.1f} s; each {each}")
    print(f"bare typst and zip of the same: {baseline:.1f} s; ratio {taken / baseline:.2f}")
    if scale >= 1:
        print(f"bound {BOUND} s: {'held' if taken < BOUND else 'BROKEN'}")
        sys.exit(taken >= BOUND)


if __name__ == "__main__":
    main()
