"""The scorecard on paper and as a file."""

import base64
import io
from unittest.mock import patch

import xlsxwriter

from odoo.tests.common import ChromeBrowser
from odoo.tools.pdf import PdfFileReader

from odoo.addons.crm_cartera.models.cartera_screen_scorecard_xlsx import write_figure

from .common import CarteraHttpCase

#: One more than are shipped.
CARDS = 29
#: A4 in points.
WIDTH, HEIGHT = 595, 842
PERSPECTIVES = ("financial", "customer", "internal", "learning")
URL = "/cartera/scorecard/xlsx"


class ScorecardOutCase(CarteraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("manager", "salesperson", "internal")
        cls.env["cartera.indicator"].search([]).active = False
        cls.env["cartera.indicator"].create(
            [
                {
                    "name": f"An indicator with a long name {number}",
                    "code": f"paper_{number}",
                    "perspective": PERSPECTIVES[number % 4],
                    "method": "model",
                    "model_id": cls.env["ir.model"]._get_id("crm.lead"),
                    "unit": "money",
                    "default_target": 1234567,
                }
                for number in range(CARDS)
            ]
        )


class TestScorecardPaper(ScorecardOutCase):
    def print(self, size):
        """Return the pages of the scorecard, printed from a window of some size."""
        pages = []

        def print_page(browser, *_args, **_kwargs):
            params = {"preferCSSPageSize": True, "printBackground": True}
            answer = browser._websocket_request("Page.printToPDF", params=params, timeout=30)
            pages.extend(PdfFileReader(io.BytesIO(base64.b64decode(answer["data"]))).pages)

        count = f"document.querySelectorAll('.o_cartera_indicator').length === {CARDS}"
        self.browser_size = size
        with patch.object(ChromeBrowser, "_wait_code_ok", print_page):
            self.browser_js(
                "/odoo/cartera-scorecard", "", ready=count, login=self.users["manager"].login
            )
        return pages

    def test_one_page(self):
        for size in ("1366x768", "400x800"):
            with self.subTest(size=size):
                pages = self.print(size)
                self.assertEqual(len(pages), 1)
                box = pages[0].mediabox
                self.assertAlmostEqual(float(box.width), WIDTH, delta=1)
                self.assertAlmostEqual(float(box.height), HEIGHT, delta=1)


class TestScorecardFile(ScorecardOutCase):
    def get(self, role, **choices):
        login = self.users[role].login if role else None
        self.authenticate(login, login)
        return self.url_open(URL, data=None, allow_redirects=False, **choices)

    def test_file(self):
        answer = self.get("manager")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("spreadsheetml", answer.headers["Content-Type"])
        self.assertIn(".xlsx", answer.headers["Content-Disposition"])
        self.assertTrue(answer.content.startswith(b"PK"))

    def test_counts_have_no_loose_point(self):
        book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
        sheet = book.add_worksheet()
        styles = self.env["cartera.screen"]._prepare_styles(book)
        formats = []
        for value in (12, 12.5, None):
            with patch.object(sheet, "write_number", lambda *cell: formats.append(cell[-1])):
                write_figure(sheet, 0, 0, value, styles, "count")
        self.assertEqual([each.num_format for each in formats], ["#,##0", "#,##0.0"])

    def test_refused(self):
        with self.assertLogs("odoo.http", "WARNING"):
            self.assertEqual(self.get("internal").status_code, 403)
        self.assertIn(self.get(None).status_code, (302, 303))

    def test_company_and_scope_of_others(self):
        """The choices of the address are checked as those of the screen are."""
        company = self.env["res.company"].create({"name": "Otra"})
        self.authenticate(self.users["salesperson"].login, self.users["salesperson"].login)
        other = self.users["manager"].id
        for query in (f"company_id={company.id}", f"scope=user:{other}"):
            with self.subTest(query=query), self.assertLogs("odoo.http", "WARNING"):
                self.assertEqual(self.url_open(f"{URL}?{query}").status_code, 403)
        self.assertEqual(self.url_open(f"{URL}?period=soon&company_id=x").status_code, 200)
