"""The unit tests of our JavaScript, run by Odoo's own runner in a browser."""

from .common import CarteraHttpCase

SUITE = "@crm_cartera"


def get_hash(text):
    """Return the id that Odoo's runner gives to a suite of this name."""
    number = 0
    for char in text:
        number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


class TestHoot(CarteraHttpCase):
    def run_suite(self, preset):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000&id={get_hash(SUITE)}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )

    def test_desktop(self):
        self.run_suite("desktop")
