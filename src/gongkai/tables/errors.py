"""What can be wrong with a table of people's: one class per mistake.

``TableError``
├── ``FileFormatError``  the file is not what its name says, or cannot be read as a table
├── ``EncodingError``    its text is in no encoding that is taken
└── ``HeaderError``      a required column is missing, or two columns claim the same
"""

from __future__ import annotations


class TableError(Exception):
    """A table that cannot be read. ``code`` is stable, for machines."""

    code = "table"


class FileFormatError(TableError):
    """The file is not what its name says, or cannot be read as a table."""

    code = "table-format"


class EncodingError(TableError):
    """The text is in no encoding that is taken."""

    code = "table-encoding"


class HeaderError(TableError):
    """A required column is missing, or two columns claim the same."""

    code = "table-header"
