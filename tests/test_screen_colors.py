"""One judgement, one colour: the badges of the views and the screens drawn by script agree."""

import re
from pathlib import Path

from lxml import etree

from odoo.tools import file_path

from .common import CarteraCase

#: The grey of the script stands for this one of the badges.
GREY = "muted"
CONDITION = re.compile(r"(?:cartera_)?(retention_status|abc)\w* == '(\w+)'")


def read_script() -> dict[str, str]:
    """Return {status or class: decoration}."""
    text = Path(file_path("crm_cartera/static/src/screen/colors.js")).read_text()
    found = re.findall(r"(\w+): (?:\"--(\w+)\"|GREY)", text)
    return {value: color or GREY for value, color in found}


def read_views() -> list[tuple[str, str, str]]:
    """Return (file, status or class, decoration) of each badge."""
    badges = []
    for path in sorted(Path(file_path("crm_cartera")).glob("*/*_views.xml")):
        for node in etree.parse(path).iter("field"):
            for name, condition in node.attrib.items():
                if name.startswith("decoration-") and (match := CONDITION.fullmatch(condition)):
                    decoration = name.removeprefix("decoration-")
                    badges.append((path.name, match[2], decoration))
    return badges


class TestScreenColors(CarteraCase):
    def test_script_colours_every_judgement(self):
        profile = self.env["cartera.profile"]._fields
        codes = {code for code, _label in profile["retention_status"].selection}
        codes |= {code for code, _label in profile["abc_revenue"].selection}
        self.assertEqual(set(read_script()), codes)

    def test_badges_have_the_same_colours(self):
        colors, badges = read_script(), read_views()
        self.assertGreater(len(badges), 50)
        for file, value, decoration in badges:
            with self.subTest(file=file, value=value):
                self.assertEqual(decoration, colors[value])
