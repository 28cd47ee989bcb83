"""What can be wrong with an old site: one class per mistake.

``TakeOverError``
├── ``SourceError``       what was given cannot be read at all (no such folder, hostile XML, no captions)
├── ``MappingError``      the mapping file names something that does not exist
├── ``UnreadablePageError``  one page cannot be read; the others can
├── ``ConcurrentRunError``   another process takes the same site over at this moment
└── ``NotAuthorisedError``   the person may not take pages over for a unit
"""

from __future__ import annotations


class TakeOverError(Exception):
    """Something about an old site that cannot be. ``code`` is stable, for machines."""

    code = "takeover"


class SourceError(TakeOverError):
    """What was given cannot be read at all."""

    code = "takeover-source"


class MappingError(TakeOverError):
    """The mapping file names something that does not exist, or says two things of one column."""

    code = "takeover-mapping"


class UnreadablePageError(TakeOverError):
    """One page cannot be read; the others can."""

    code = "takeover-page"


class ConcurrentRunError(TakeOverError):
    """Another process takes the same site over at this moment."""

    code = "takeover-concurrent"


class NotAuthorisedError(TakeOverError):
    """The person may not take pages over for a unit."""

    code = "takeover-not-authorised"
