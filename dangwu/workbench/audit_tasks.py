"""Inspecting the log in the background: of 200,000 entries that takes some ten seconds."""

from django.utils import timezone
from django_tasks import task

from dangwu.foundation.audit.reviews import Review


@task()
def review_log(review_id: int) -> None:
    """Carry out a review that waits."""
    review = Review.objects.filter(pk=review_id, state=Review.State.WAITING).first()
    if review:
        review.carry_out(timezone.now())
