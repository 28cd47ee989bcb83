"""Who is working: arriving, being seen, leaving, and finding out who left without a word.

A worker that was killed must not hold its work for ever, and one that lives must not lose it. On the same machine the
process itself is looked at; on another one the worker counts as gone when it was not seen for ``SILENCE``.
"""

from __future__ import annotations

import os
import socket
import uuid
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.jobs.errors import ForgottenError, SeatTakenError
from gongkai.jobs.models import Worker

if TYPE_CHECKING:
    from collections.abc import Iterable

SILENCE = timedelta(minutes=3)


def arrive(*, queues: Iterable[str], seat: str | None = None) -> Worker:
    """Enter this process as a worker. ``SeatTakenError`` if a living one holds the ``seat``."""
    dismiss_gone()
    now = timezone.now()
    try:
        with transaction.atomic():
            return Worker.objects.create(
                token=uuid.uuid4().hex,
                host=here(),
                pid=os.getpid(),
                birth=_birth(os.getpid()) or "",
                queues=",".join(queues),
                seat=seat,
                started_at=now,
                seen_at=now,
            )
    except IntegrityError as error:
        holder = Worker.objects.get(seat=seat)
        since = timezone.localtime(holder.started_at).strftime("%Y-%m-%d %H:%M")
        raise SeatTakenError(holder.host.partition("/")[0], holder.pid, since) from error


def be_seen(worker: Worker) -> None:
    """Say that ``worker`` lives. ``ForgottenError`` if it was taken for dead meanwhile."""
    if not Worker.objects.filter(pk=worker.pk).update(seen_at=timezone.now()):
        raise ForgottenError


def leave(worker: Worker) -> None:
    """Take ``worker`` off the list; what it held is free."""
    Worker.objects.filter(pk=worker.pk).delete()


def dismiss_gone() -> int:
    """Take those off the list that ended without leaving, and return how many they were."""
    gone = [worker.pk for worker in Worker.objects.all() if not is_alive(worker)]
    if gone:
        Worker.objects.filter(pk__in=gone).delete()
    return len(gone)


def is_alive(worker: Worker) -> bool:
    """Tell whether ``worker`` still runs."""
    if worker.host == here():
        return _birth(worker.pid) == worker.birth
    return timezone.now() - worker.seen_at < SILENCE


def here() -> str:
    """Return this machine, and where processes are numbered in it: containers may share a name."""
    try:
        space = str(Path("/proc/self/ns/pid").stat().st_ino)
    except OSError:
        space = ""
    return f"{socket.gethostname()[:90]}/{space}"


def _birth(pid: int) -> str | None:
    """Return what tells a process from a later one of the same number; ``None`` if there is no such process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None if Path("/proc/self/stat").exists() else _asked(pid)
    state, started = fields[0], fields[19]
    return None if state == "Z" else started


def _asked(pid: int) -> str | None:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return ""
    return ""
