"""Pages that go over a phone's line."""

from django.views.decorators.gzip import gzip_page

compressed = gzip_page
"""The length of a compressed page can tell its secrets to whoever makes it repeat his guesses. These pages repeat
nothing that an address of another site could bring along: forms are answered to their own pages alone.
"""
