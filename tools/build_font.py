# ruff: noqa: INP001 -- scripts are run by path, not imported
"""Build the serif face that PDF reports are set in: Noto Serif CJK SC, cut down to the characters of GB 2312.

Usage: ``uv run python tools/build_font.py [NotoSerifCJK-Regular.ttc]``

The source is Debian's package ``fonts-noto-cjk`` (1:20220127+repack1-1, SIL Open Font License 1.1); the same source
gives the same bytes. The family is renamed, because a cut-down face must not hide the whole one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
FACE = "Noto Serif CJK SC"
FAMILY = "Gongkai Serif SC"
TARGET = Path(__file__).parents[1] / "src" / "gongkai" / "typeset" / "fonts" / "GongkaiSerifSC-Regular.otf"

NAMES = (
    "喆堃镕珺祎旻瑄瑀玥翀堉暐昉赟犇垚昇淏頔叒彧玭珅珩琎琰璟祾禛絪翙翚頫骎骕芃苪荭莙菀蓥薳虓赪轺逄邠邳郯酆"
    "鋆锜锳镔镠闿韡颋骅骢鸑"
)
"""Characters of given names that GB 2312 lacks (or has: then nothing changes)."""

PLACES = (
    "鄠浉洺泖垟埗峃硚塱磜墘垵岞浯滘漷濛瀍玙郪洣浬盉磘礐窰籺罉舖茆莨萡葑蔴薮蚬蜞螺蠔袅谿赉跶邨郄郿鄚酂鎏镈"
    "陂陇隑霅靛靰鞡飏鲘鲤鳌鹮鹭"
)
"""Characters of place names, with the same remark."""

SIGNS = (
    "•‐‑–—―‘’“”…‰′″※℃№™→←↑↓√∑≈≠≤≥①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳■□▲△▶●○★☆✓〇〈〉《》「」『』【】〔〕〖〗㎎㎏㎜㎝㎞㎡㏄￥＋－＝％"
)


def characters() -> set[int]:
    """Return the code points to keep: GB 2312, Latin-1, signs, and characters of names."""
    kept = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            text = bytes((lead, trail)).decode("gb2312", errors="ignore")
            kept |= {ord(character) for character in text}
    return kept | {ord(character) for character in NAMES + PLACES + SIGNS}


def build(source: Path, target: Path) -> None:
    """Write the subset of ``source`` to ``target``."""
    number = next(n for n in range(8) if TTFont(source, fontNumber=n, lazy=True)["name"].getDebugName(1) == FACE)
    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
    options = Options()
    options.layout_features = ["ccmp", "locl", "kern", "mark", "mkmk"]
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    for table in font["cmap"].tables:
        # The face has no sign for what cannot be read: it takes the printers' one, 〓.
        table.cmap[0xFFFD] = table.cmap[ord("〓")]
    for name_id, text in ((1, FAMILY), (3, f"{FAMILY} 1.0"), (4, FAMILY), (6, FAMILY.replace(" ", "") + "-Regular")):
        font["name"].removeNames(nameID=name_id)
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [FAMILY.replace(" ", "") + "-Regular"]
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE, TARGET)
