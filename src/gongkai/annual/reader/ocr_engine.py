"""Tesseract, called as a program: many small pictures in one call, words with their places and confidence back."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.annual.errors import MissingToolError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

INSTALL = "请安装文字识别程序（Debian/Ubuntu：apt-get install tesseract-ocr tesseract-ocr-chi-sim）"
"""What to do where the program is missing."""

CHINESE = "chi_sim"
DIGITS = "eng"

MAX_SECONDS = 600.0
"""How long the recognition of one document may take in all."""

_COLUMNS = 12
_WORD = "5"


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: the picture (from 0) and the line it stands on, its box in pixels, and 0–100 how sure."""

    picture: int
    line: tuple[str, ...]
    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float


class Engine:
    """The Tesseract of this machine, for one document; the time it may use is counted from its making."""

    def __init__(self, program: str, *, seconds: float = MAX_SECONDS) -> None:
        """Take the path of the program; use ``found`` to look for it."""
        self._program = program
        self._until = time.monotonic() + seconds

    @classmethod
    def found(cls) -> Engine:
        """Return the engine, or raise ``MissingToolError``: the file is a scan, and this is what to install."""
        program = shutil.which("tesseract")
        if program is None:
            raise MissingToolError(f"文件是扫描件，没有文字层，需要文字识别。{INSTALL}。")
        engine = cls(program)
        languages = engine._run(["--list-langs"]).split()
        missing = [language for language in (CHINESE, DIGITS) if language not in languages]
        if missing:
            raise MissingToolError(f"文字识别程序缺少语言包 {'、'.join(missing)}。{INSTALL}。")
        return engine

    def read(self, pictures: Sequence[Image], *, language: str, mode: int, letters: str = "") -> list[Word]:
        """Return the words of all pictures; ``mode`` is Tesseract's page segmentation mode, ``letters`` all it may see.

        Raises ``TooLargeError`` where the time is used up.
        """
        if not pictures:
            return []
        with tempfile.TemporaryDirectory(prefix="gongkai-ocr-") as folder:
            names = []
            for number, picture in enumerate(pictures):
                name = Path(folder, f"{number}.pgm")
                picture.save(name)
                names.append(f"{name}\n")
            listing = Path(folder, "pictures.txt")
            listing.write_text("".join(names), encoding="utf-8")
            only = ["-c", f"tessedit_char_whitelist={letters}"] if letters else []
            answer = self._run(
                [str(listing), "stdout", "-l", language, "--psm", str(mode), "--dpi", "300", *only, "tsv"]
            )
        return _words(answer)

    def _run(self, arguments: list[str]) -> str:
        left = self._until - time.monotonic()
        # Tesseract's own threads slow small pictures down.
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            finished = subprocess.run(  # noqa: S603 - a fixed program, arguments of our own making
                [self._program, *arguments],
                capture_output=True,
                check=True,
                timeout=max(left, 0.01),
                env=environment,
            )
        except subprocess.TimeoutExpired as error:
            raise TooLargeError("文字识别用时过长，已停止。请只保留表格所在的页，或换用有文字层的文件。") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise MissingToolError(f"文字识别程序运行失败。{INSTALL}，并确认可以运行。") from error
        return finished.stdout.decode("utf-8", errors="replace")


def _words(answer: str) -> list[Word]:
    words = []
    for row in answer.splitlines():
        columns = row.split("\t")
        if len(columns) == _COLUMNS and columns[0] == _WORD and columns[-1].strip():
            left, top, width, height = map(int, columns[6:10])
            box = (left, top, left + width, top + height)
            words.append(Word(int(columns[1]) - 1, tuple(columns[1:5]), columns[-1].strip(), *box, float(columns[10])))
    return words
