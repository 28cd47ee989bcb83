"""A backup or a restore that is killed: ``python killed.py MOMENT WORDS…`` ends without a word at MOMENT.

WORDS are those of the command ``gongkai``. MOMENT is ``dumped``, once the database is copied; ``packed``, once all but
the manifest is in the archive; ``unpacked``, once everything lies beside what it shall replace; or ``moved``, once the
files are replaced and the database is not.
"""

import os
import sys

import django

django.setup()

from gongkai.cli import archive, backup, dump, main, restore  # noqa: E402 -- Django must be started first

MOMENT, *WORDS = sys.argv[1:]


def ended(*_, **__):
    os._exit(9)


def dump_and_end(target):
    dump.dump(target)
    ended()


match MOMENT:
    case "dumped":
        backup.dump = dump_and_end
    case "packed":
        archive.add_manifest = ended
    case "unpacked":
        restore._change_over = ended
    case "moved":
        dump.load = ended
raise SystemExit(main(WORDS))
