"""What must outlast a restart: tables, migrations, one small repository per table."""
