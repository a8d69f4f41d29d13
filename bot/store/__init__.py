"""What is kept, and for whom: tables, repositories, migrations."""
