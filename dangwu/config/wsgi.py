"""What a WSGI server serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dangwu.config.settings")

application = get_wsgi_application()

# The code of all pages is read now, in each process, else the first visitors would wait for it more than a second.
pages = get_resolver().url_patterns

# A page makes tens of thousands of objects that go with it; to look for cycles after every 700 costs a tenth of its
# time. What was loaded until here stays to the end, and is not looked at again.
gc.freeze()
gc.set_threshold(50_000)
