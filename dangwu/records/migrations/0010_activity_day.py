"""Activities in the order of their days, so that the newest of many are found by walking along it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0009_drafts_of_forms")]

    operations = [
        migrations.AddIndex("activity", models.Index(fields=["held_on", "id"], name="activity_day")),
    ]
