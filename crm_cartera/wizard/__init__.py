from . import (
    cartera_lifecycle_set,
    cartera_migration_open,
    cartera_segment_generate,
    cartera_segment_preview,
    cartera_segment_preview_line,
)
