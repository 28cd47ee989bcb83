from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0009_sealed_ofd")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["unit", "register_number"], name="application_register_number"),
        ),
    ]
