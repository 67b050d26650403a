"""The site's settings as tests need them: a home of their own, work done at once, no collected static files.

DANGWU_TEST_DATABASE_URL chooses another database than SQLite.
"""

import os
import tempfile

# held for as long as the tests run; with it goes everything they wrote
home = tempfile.TemporaryDirectory(prefix="dangwu-tests-")
os.environ["DANGWU_HOME"] = home.name
os.environ["DANGWU_DATABASE_URL"] = os.environ.get("DANGWU_TEST_DATABASE_URL", "")

from dangwu.config.settings import *  # noqa: E402, F403
from dangwu.config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

if not os.environ["DANGWU_DATABASE_URL"]:
    # a file, as on a site: threads of a live server wait for each other on it
    DATABASES["default"]["TEST"] = {"NAME": f"{home.name}/test.sqlite3"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(exist_ok=True)
