from . import cartera_scorecard
