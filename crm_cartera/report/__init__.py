from . import cartera_document
