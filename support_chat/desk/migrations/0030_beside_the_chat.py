from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', "0029_search"),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(blank=True, db_default='', max_length=16),
        ),
        migrations.AddField(
            model_name='user',
            name='keys',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name='visitor',
            name='trail',
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name='visitor',
            name='hidden',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='visitor',
            name='zone',
            field=models.CharField(blank=True, db_default='', max_length=64),
        ),
        migrations.AddField(
            model_name='visitor',
            name='device',
            field=models.CharField(blank=True, db_default='', max_length=60),
        ),
        migrations.AddField(
            model_name='visitor',
            name='note',
            field=models.TextField(blank=True, db_default=''),
        ),
    ]
