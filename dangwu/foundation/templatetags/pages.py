"""What templates need beyond the parts."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dangwu.foundation.audit.checkpoints import audit_footer
from dangwu.foundation.pages.finding import Finder

register = template.Library()


@register.simple_tag
def global_search(url: str) -> SafeString:
    """The box on every page that finds organisations and people."""
    return Finder(url, "全站搜索", "top-search", "名称、拼音首字母、号码末几位").render()


@register.simple_tag
def audit_checkpoint() -> str:
    """What a printed page shows at its foot: where the audit stood."""
    return audit_footer()


@register.simple_tag
def submission_key() -> SafeString:
    """The hidden field that makes a small form without a SafeForm safe to send twice."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid4())
