"""The settings of an installation, with keys of its own and cheap password hashing."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("GONGKAI_SECRET_KEY", "only-for-tests-" + "0" * 40)
os.environ.setdefault("GONGKAI_FIELD_KEYS", "00" * 32)
if "GONGKAI_HOME" not in os.environ:
    os.environ["GONGKAI_HOME"] = tempfile.mkdtemp(prefix="gongkai-tests-")
    atexit.register(shutil.rmtree, os.environ["GONGKAI_HOME"], ignore_errors=True)
os.environ.setdefault("GONGKAI_HTTPS", "no")
os.environ.setdefault("GONGKAI_SECOND_FACTOR", "no")

from gongkai.site.settings import *  # noqa: F403 -- the environment must be set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 -- from the settings above
    # A file, not shared memory: several connections at once must behave as in an installation.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}  # noqa: F405 -- the same
# A test sees at once what it did; what is kept for a moment has tests of its own.
PUBLIC_SECONDS = 0
# A test asks as often as it likes; the limits have tests of their own.
API_LIMIT = (100_000, 1000.0)
