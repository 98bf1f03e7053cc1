from . import test_lifecycle, test_packaging
