"""The part of the worker that keeps the index: the only writer there is."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from gongkai.indexing import place
from gongkai.indexing.domain import outbox
from gongkai.indexing.sources import all_sources
from gongkai.search.embedded import EmbeddedEngine, version
from gongkai.search.port import SearchUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 60.0


class IndexKeeper:
    """Indexes what was marked. If the engine cannot work nothing is lost: it is opened anew after a pause."""

    def __init__(self) -> None:
        self._engine: EmbeddedEngine | None = None
        self._folder: Path | None = None
        self._pause = _FIRST_PAUSE
        self._not_before = 0.0

    def step(self) -> bool:
        """Index one batch; return whether there was anything to index."""
        if time.monotonic() < self._not_before:
            return False
        try:
            done: int = outbox.drain(self._opened())
        except SearchUnavailableError as error:
            logger.warning("检索索引暂不可用，%.0f 秒后重试：%s", self._pause, error)
            self._engine = self._folder = None
            self._not_before = time.monotonic() + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            return False
        self._pause = _FIRST_PAUSE
        return done > 0

    def _opened(self) -> EmbeddedEngine:
        """Return the one writable engine, of the folder that is in use now: a rebuild changes it."""
        if not place.is_built():
            self._engine = None
            _rebuild("还没有建立")
        here = place.folder()
        if self._engine is None or self._folder != here:
            self._engine = None  # An open writer would keep its folder locked.
            self._engine, self._folder = self._usable(here)
        return self._engine

    @staticmethod
    def _usable(here: Path) -> tuple[EmbeddedEngine, Path]:
        """Open ``here``; what was built with other fields or words, or lost its documents, is built anew."""
        stamp = here / "version"
        if not stamp.is_file() or stamp.read_text(encoding="ascii") == version():
            engine = EmbeddedEngine(here, writable=True)
            if engine.count() or not any(True for source in all_sources() for _ in source.numbers()):
                return engine, here
            del engine
        _rebuild("为空或版本已变")
        here = place.folder()
        return EmbeddedEngine(here, writable=True), here


def _rebuild(why: str) -> None:
    logger.warning("检索索引%s，正在建立。", why)
    logger.warning("检索索引建立完成，共 %d 件。", place.rebuild())
