from . import (
    cartera_calibration_report,
    cartera_document,
    cartera_interaction,
    cartera_interaction_all,
    cartera_migration,
    cartera_open_item,
    cartera_recorded,
    cartera_retention_change_report,
    cartera_segment_report,
    cartera_team_member,
    cartera_snapshot_date,
    cartera_snapshot_report,
)
