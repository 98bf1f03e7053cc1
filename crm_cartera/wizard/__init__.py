from . import cartera_lifecycle_set, cartera_migration_open
