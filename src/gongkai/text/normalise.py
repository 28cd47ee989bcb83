"""One spelling for what is printed in many: widths, brackets, radicals, traditional characters, white space.

Three strengths, weakest first: ``normalise`` keeps the text readable, ``squeeze`` also closes the gaps that layout
leaves between Chinese characters, ``comparison_key`` keeps only what two captions must share to be the same caption.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The CJK Radicals Supplement: NFKC maps the Kangxi radicals but only two characters of this block. PDF fonts print
# these in place of the ordinary characters.
_RADICALS = dict(
    zip(
        "⺁⺇⺌⺎⺏⺒⺓⺕⺗⺛⺝⺞⺟⺠⺡⺢⺣⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺶⺷⺸⺹⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉"
        "⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几小兀尣巳幺彐心旡月歹母民水水灬爪丬牛犭王疋目示礻竹糸纟罒罒羊羊羊老聿肉臼艹艹艹虎衤覀西见角角讠贝"
        "足车辶辶辶阝钅长长长门阜阝雨青韦页风飞食食饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟龟龟",
        strict=True,
    )
)

# Only characters that occur in the forms and titles of reports: this is no general converter, and the words whose
# simplification depends on their neighbours are left alone.
_SIMPLIFIED = str.maketrans(
    "規範檔內數現處罰強許費額單萬開報請結轉業構織機關國務後復複訴訟維糾審總計與應執對無類項據條屬於補確認獲繳納廢發製會組況經訪舉題"
    "進體標電號廳區縣鎮鄉產決減節協調統負責實質臺個們時間為來從書長門問還這過達網頁點廣東億兩記設圖議員舊聯絡訊龍灣陽陰華漢遼寧貴"
    "雲蘇連預編辦營銷際環衛醫藥護級歷別則學習導傳檢驗動態庫顯",
    "规范档内数现处罚强许费额单万开报请结转业构织机关国务后复复诉讼维纠审总计与应执对无类项据条属于补确认获缴纳废发制会组况经访举题"
    "进体标电号厅区县镇乡产决减节协调统负责实质台个们时间为来从书长门问还这过达网页点广东亿两记设图议员旧联络讯龙湾阳阴华汉辽宁贵"
    "云苏连预编办营销际环卫医药护级历别则学习导传检验动态库显",
)
_WORDS = (("规范性档案", "规范性文件"), ("规范性文档", "规范性文件"))

_SPACES = {ord(space): " " for space in "\t\v\f\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"}
_SPACES.update(dict.fromkeys(range(0x2000, 0x200B), " "))
_INVISIBLE = dict.fromkeys([0x00AD, 0x034F, 0x180E, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
_PLAIN_MARKS = {
    "(": "〔【〖［｛﹝❨❪⟮⦅⸨﴾",
    ")": "〕】〗］｝﹞❩❫⟯⦆⸩﴿",
    '"': "「」『』﹁﹂﹃﹄“”„‟〝〞〟＂«»",
    "'": "‘’‚‛＇",
    "-": "—―‒–−﹣－‐‑",
    "+": "﹢",
}
_BRACKETS = str.maketrans({odd: plain for plain, marks in _PLAIN_MARKS.items() for odd in marks})
_DIGIT_WIDTHS = str.maketrans("０１２３４５６７８９", "0123456789")

_CJK = "\u2e80-\u2fdf\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff65〇"
_GAP = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_SPACE_RUN = re.compile(r" +")
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff〇]+")
_NOT_KEY = re.compile(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff〇]+")


def replace_radicals(text: str) -> str:
    """Return ``text`` with radicals (⺠ ⻔ ⽅ …) replaced by the characters they stand for, and nothing else."""
    return "".join(
        _RADICALS.get(char) or (unicodedata.normalize("NFKC", char) if "\u2f00" <= char <= "\u2fdf" else char)
        for char in text
    )


def clean(text: str) -> str:
    """Return ``text`` without invisible characters, every kind of space as an ordinary one, radicals replaced.

    Nothing that a reader sees is changed: this is what is safe to do to prose. Newlines stay.
    """
    if text.isascii():
        return text.replace("\t", " ").replace("\r", "")
    text = text.replace("\r", "").translate(_INVISIBLE).translate(_SPACES)
    return replace_radicals(text) if _RADICAL.search(text) else text


def normalise(text: str) -> str:
    """Return ``text`` in one spelling: half-width, plain brackets and quotes, simplified characters, single spaces.

    Newlines stay; the length may change. For comparing and parsing, not for showing.
    """
    if text.isascii():
        return _SPACE_RUN.sub(" ", text.replace("\t", " ").replace("\r", "")).strip(" ")
    text = unicodedata.normalize("NFKC", clean(text)).translate(_BRACKETS).translate(_SIMPLIFIED)
    for wrong, right in _WORDS:
        text = text.replace(wrong, right)
    return _SPACE_RUN.sub(" ", text).strip(" ")


def squeeze(text: str) -> str:
    """Return ``text`` without the white space (newlines too) that stands between two Chinese characters or marks.

    ``商 业 企 业`` becomes ``商业企业``; a space beside a digit or a Latin letter stays.
    """
    return _GAP.sub("", clean(text))


@lru_cache(maxsize=8192)
def comparison_key(text: str) -> str:
    """Return what is left of ``text`` when only letters, digits and Chinese characters count, in one spelling.

    Two captions with the same key are the same caption: ``（一） 予以公开`` and ``(一)予以公开`` both give
    ``一予以公开``.
    """
    return _NOT_KEY.sub("", normalise(text))


class _Fold(dict[int, str]):
    # Filled as characters are met: building it for every character would cost more than reading a report.
    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        if len(plain) == 1 and unicodedata.category(char) != "No":  # ① and ² are no digits of a number
            char = plain
        char = char.translate(_BRACKETS).translate(_SIMPLIFIED)
        self[code] = char
        return char


_FOLD = _Fold()
# What becomes a letter, a digit or another character by folding, found by trying every one of them.
_ODD_LETTER = re.compile(
    f"[{''.join(map(chr, _SIMPLIFIED))}\u00aa\u00ba\u017f\u02b0-\u02e3\u1d2c-\u1dbb\u2071-\u209c\u2102-\u217f"
    "\u24b6-\u24e9\u2c7c\u2c7d\u2e9f-\u2fd5\u3038-\u303a\u3196-\u319f\u3244-\u3247\u328a-\u32b0\ua7f2-\ua7f4\uf900-\ufad9"
    "\uff10-\uff5a\U000107a5\U0001d400-\U0001d7ff\U0001f12b-\U0001f251\U0001fbf0-\U0001fbf9\U0002f800-\U0002fa1c]"
)


def fold(text: str) -> str:
    """Return cleaned ``text`` in one spelling, character by character: offsets into both are the same.

    Weaker than ``normalise``: what would become longer (…) and enclosed digits (①) stay, spaces are not joined.
    """
    return text if text.isascii() else text.translate(_FOLD)


def fold_words(text: str) -> str:
    """Return ``text`` as ``fold`` does where only letters, digits and characters matter: marks stay as they are.

    Few characters of a text need it, and those are found much faster than every one is looked up.
    """
    return _ODD_LETTER.sub(lambda found: _FOLD[ord(found[0])], text)


def half_width_digits(text: str) -> str:
    """Return ``text`` with full-width digits made half-width, and nothing else changed (the length stays)."""
    return text.translate(_DIGIT_WIDTHS)


def is_chinese(text: str) -> bool:
    """Tell whether ``text`` is Chinese characters and nothing else."""
    return _CHINESE.fullmatch(text) is not None
