from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def confirm_recorded(apps: Any, _editor: object) -> None:
    """What was concluded before anybody was asked has been counted, and stays so."""
    activity, partner = (apps.get_model("records", name) for name in ("Activity", "Partner"))
    held = activity.objects.filter(pk=OuterRef("activity_id")).annotate(day=Coalesce("recorded_on", "held_on"))
    concluded = partner.objects.filter(activity__in=activity.objects.filter(state="concluded").values("pk"))
    concluded.update(confirmed_on=Subquery(held.values("day")[:1]))


class Migration(migrations.Migration):
    dependencies = [("records", "0010_activity_day")]

    operations = [
        migrations.AddField("partner", "confirmed_on", models.DateField("确认日期", null=True)),
        migrations.RunPython(confirm_recorded, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "partner", models.Index(fields=["confirmed_on", "organisation"], name="partner_waiting")
        ),
    ]
