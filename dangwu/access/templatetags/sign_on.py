"""The other ways to sign in, for the page of the entrance."""

from typing import Any

from django import template

from dangwu.access.sso.offering import offered_providers

register = template.Library()


@register.inclusion_tag("access/sign_on/ways.html", takes_context=True)
def sign_on_ways(context: dict[str, Any]) -> dict[str, object]:
    """A button for each provider; after signing on one goes where one wanted to go."""
    request = context["request"]
    return {"offers": offered_providers(), "next": request.GET.get("next", ""), "request": request}
