from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("samples", "0001_initial")]
    operations = [migrations.AddField("Shelf", "label", models.CharField(max_length=20, default="未分类"))]
