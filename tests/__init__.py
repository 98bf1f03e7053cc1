from . import (
    test_analysis_lifecycle,
    test_lifecycle,
    test_live_hook,
    test_live_overlap,
    test_packaging,
    test_setup,
    test_stages,
    test_tours,
)
