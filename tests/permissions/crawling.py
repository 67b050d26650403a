"""Visiting everything that somebody can reach: from his first page along every link of the site."""

import re
from collections import Counter
from collections.abc import Iterator

from django.test import Client

HREF = re.compile(r'(?:href|hx-get|data-find)="(/[^"#]*)"')
LEFT_OUT = re.compile(
    r"/static/|/sign-out/|/health/|/(?:record|plan)/(?!general_assembly|community_rotation)\w"
    r"|/life/[\w-]+/\d{4}(?:-(?!01)|Q[2-4]|H2)"
)
"""What opens the same page for every kind of activity or every period is visited for one or two of them."""
MOST = 600  # pages; a crawl that does not end is a mistake of its own
VARIANTS = 8  # of one page, which filters, spans and months show anew and anew


def crawl(client: Client, start: str = "/") -> Iterator[tuple[str, bytes]]:
    """Every page within reach with what it says, workbooks and other files included."""
    known, waiting = {start}, [start]
    variants: Counter[str] = Counter()
    while waiting:
        url = waiting.pop()
        response = client.get(url, follow=True)
        assert response.status_code < 500, url
        content = response.getvalue()
        yield url, content
        if "html" in response.get("Content-Type", ""):
            found = {found.replace("&amp;", "&") for found in HREF.findall(content.decode())}
            for fresh in sorted(url for url in found - known if not LEFT_OUT.search(url)):
                path = fresh.partition("?")[0]
                variants[path] += 1
                if variants[path] <= VARIANTS:
                    known.add(fresh)
                    waiting.append(fresh)
        assert len(known) < MOST, "the crawl does not end"
