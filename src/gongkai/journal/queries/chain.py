"""Proving that the journal is whole."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.journal.models import Entry, Head


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold, and why (``changed``, ``missing``, ``cut``)."""

    sequence: int
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were checked, the last digest, and the first break, if any."""

    checked: int
    digest: str
    broken: Break | None = None


def verify() -> Verdict:
    """Recompute the whole chain in bounded memory and compare it with its head."""
    previous = "0" * 64
    sequence = 0
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != sequence + 1:
            message = f"缺少第 {sequence + 1} 条到第 {entry.sequence - 1} 条日志。"
            return Verdict(sequence, previous, Break(sequence + 1, "missing", message))
        if entry.previous != previous or entry.digest != entry.computed_digest():
            return Verdict(sequence, previous, Break(entry.sequence, "changed", f"第 {entry.sequence} 条日志被改动。"))
        previous, sequence = entry.digest, entry.sequence
    head = Head.objects.filter(pk=1).first() or Head()
    if (head.sequence, head.digest) != (sequence, previous):
        message = f"链尾记为第 {head.sequence} 条，实际只到第 {sequence} 条：末尾日志被删除或替换。"
        return Verdict(sequence, previous, Break(sequence + 1, "cut", message))
    return Verdict(sequence, previous)
