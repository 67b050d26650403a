"""What templates need beyond the parts."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def submission_key() -> SafeString:
    """The hidden field that makes a small form without a SafeForm safe to send twice."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid4())
