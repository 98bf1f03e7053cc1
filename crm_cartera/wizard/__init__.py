from . import (
    cartera_lifecycle_set,
    cartera_migration_open,
    cartera_treatment_apply,
    cartera_treatment_apply_line,
)
