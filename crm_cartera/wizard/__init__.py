from . import (
    cartera_capture,
    cartera_capture_save,
    cartera_capture_ask,
    cartera_lifecycle_set,
    cartera_migration_open,
    cartera_treatment_apply,
    cartera_treatment_apply_line,
    cartera_segment_generate,
    cartera_segment_preview,
    cartera_segment_preview_line,
    cartera_target_divide,
    cartera_target_divide_line,
)
