from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0010_letters_and_volumes_of_matters")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["unit", "register_number"], name="application_register_number"),
        ),
    ]
