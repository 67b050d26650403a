"""The kitchen: a site that shows every part."""

from copy import deepcopy
from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def kitchen(settings: Settings) -> None:
    """Serve the pages of kitchen.py."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    templates[0]["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        "django.contrib.messages.context_processors.messages",
    ]
    settings.TEMPLATES = templates
    messages = "django.contrib.messages.middleware.MessageMiddleware"
    settings.MIDDLEWARE = [*(each for each in settings.MIDDLEWARE if each != messages), messages]
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    settings.ROOT_URLCONF = "dangwu.foundation.pages.tests.kitchen"
