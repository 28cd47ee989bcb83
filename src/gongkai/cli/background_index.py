"""The part of the worker that keeps the indexes: the only writer there is."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from gongkai.indexing import building, place
from gongkai.indexing.domain import outbox
from gongkai.indexing.sources import all_sources
from gongkai.indexing.words import learnt
from gongkai.search.port import SearchUnavailableError

if TYPE_CHECKING:
    import threading

    from gongkai.indexing.building import Indexes

logger = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 60.0
IDLE_SECONDS, ERROR_SECONDS = 1.0, 5.0
"""How long a change waits for its turn at most, and how long after something went wrong."""
WORDS_SECONDS = 6 * 3600.0
"""How often it is asked whether this place has new words."""


class IndexKeeper:
    """Indexes what was marked. If the engine cannot work nothing is lost: it is opened anew after a pause."""

    def __init__(self) -> None:
        self._indexes: Indexes | None = None
        self._pause = _FIRST_PAUSE
        self._not_before = 0.0
        self._words_at = time.monotonic() + WORDS_SECONDS

    def keep(self, stopping: threading.Event) -> None:
        """Index until told to stop, in a thread of its own: what is published must not wait for a long task."""
        from django.db import close_old_connections, connection  # noqa: PLC0415 -- Django must be started first

        try:
            while not stopping.is_set():
                try:
                    close_old_connections()
                    if not self.step():
                        stopping.wait(IDLE_SECONDS)
                except Exception:
                    logger.exception("检索索引出错，%.0f 秒后继续", ERROR_SECONDS)
                    connection.close()
                    stopping.wait(ERROR_SECONDS)
        finally:
            connection.close()

    def step(self) -> bool:
        """Index one batch; return whether there was anything to index."""
        if time.monotonic() < self._not_before:
            return False
        try:
            done: int = outbox.drain(self._opened())
            if not done:
                self._take_up_new_words()
        except SearchUnavailableError as error:
            logger.warning("检索索引暂不可用，%.0f 秒后重试：%s", self._pause, error)
            self._indexes = None
            self._not_before = time.monotonic() + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            return False
        self._pause = _FIRST_PAUSE
        return done > 0

    def _opened(self) -> Indexes:
        """Return the indexes for writing, in the folders that are in use now: a rebuild changes them."""
        if not building.are_usable():
            self._indexes = None  # An open writer would keep its folder locked.
            _rebuild("还没有建立或版本已变")
        if self._indexes is None or self._indexes.folders != (place.OFFICE.folder(), place.PUBLIC.folder()):
            self._indexes = None
            self._indexes = building.opened()
            if not self._indexes.count() and any(True for source in all_sources() for _ in source.numbers()):
                self._indexes = None
                _rebuild("为空")
                self._indexes = building.opened()
        return self._indexes

    def _take_up_new_words(self) -> None:
        """Build anew with the words that this place has got since; what is published meanwhile is found at once."""
        if self._indexes is None or time.monotonic() < self._words_at:
            return
        self._words_at = time.monotonic() + WORDS_SECONDS
        if learnt() != self._indexes.learnt:
            _rebuild("的词表有变化", self._indexes)
            self._indexes = None


def _rebuild(why: str, meanwhile: Indexes | None = None) -> None:
    logger.warning("检索索引%s，正在建立。", why)
    logger.warning("检索索引建立完成，共 %d 件。", building.rebuild(meanwhile))
