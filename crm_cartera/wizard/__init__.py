from . import cartera_lifecycle_set
