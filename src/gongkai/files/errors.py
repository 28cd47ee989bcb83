"""Why a file is not let in: one class per mistake.

``FileRefusedError``
├── ``TooLargeError``        over the limit of its kind
├── ``KindRefusedError``     a format that is not taken, or a name that says another
├── ``HostileError``         an archive bomb or a damaged archive
├── ``ClassifiedError``      it bears a 密级 mark
├── ``InfectedError``        the scanner found something
└── ``ScannerError``         the scanner is set up but does not answer
"""

from __future__ import annotations


class FileRefusedError(Exception):
    """A file that is not let in. ``code`` is stable, for machines."""

    code = "file"


class TooLargeError(FileRefusedError):
    """Over the limit of its kind."""

    code = "file-too-large"


class KindRefusedError(FileRefusedError):
    """A format that is not taken, or a name that says another."""

    code = "file-kind"


class HostileError(FileRefusedError):
    """An archive bomb or a damaged archive."""

    code = "file-hostile"


class ClassifiedError(FileRefusedError):
    """It bears a 密级 mark."""

    code = "file-classified"


class InfectedError(FileRefusedError):
    """The scanner found something."""

    code = "file-infected"


class ScannerError(FileRefusedError):
    """The scanner is set up but does not answer."""

    code = "file-scanner"
