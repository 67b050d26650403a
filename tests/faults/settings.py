"""The settings of a real site, but for its static files, which nobody collects here.

DANGWU_HASTE is for setting a site up: then nothing waits for the disk.
"""

from dangwu.config.settings import *  # noqa: F403
from dangwu.config.settings import DATABASES, STATIC_ROOT, STORAGES, switched_on

if switched_on("DANGWU_HASTE") and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(exist_ok=True)
