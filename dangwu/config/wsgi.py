"""What a WSGI server serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dangwu.config.settings")

application = get_wsgi_application()

# A page makes tens of thousands of objects that go with it; to look for cycles after every 700 costs a tenth of its
# time. What was loaded until here stays to the end, and is not looked at again.
gc.freeze()
gc.set_threshold(50_000)
