"""The scorecard as a spreadsheet: what the screen shows, with the figures as numbers."""

import io

from odoo import api, models

#: Formats of the figures by unit; money takes the digits of its currency, a mean of counts has one.
FORMATS = {"percent": "0.0%", "days": "#,##0.0", "count": "#,##0"}
MEAN = "mean"
#: Columns of figures on the first sheet, and the width of text in characters.
FIGURES = ("value", "target", "expected", "previous", "last_year", "value_now")
WIDE, NARROW = 34, 16


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    def _export_scorecard(self, period=None, scope=None) -> tuple[str, bytes]:
        """Return name and content of the XLSX file of a period and scope, see :meth:`get_scorecard`.

        Its first sheet has a line for each card, the second one their last twelve periods. Raises
        AccessError as the screen does; what the user may not see is in neither.
        """
        import xlsxwriter

        frame = self.get_scorecard(None, period, scope)
        cards = [
            (perspective["name"], card)
            for perspective in frame["perspectives"]
            for card in self.get_scorecard_cards(
                perspective["code"], frame["period"]["key"], frame["scope"]
            )
        ]
        output = io.BytesIO()
        with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
            styles = self._prepare_styles(book)
            self._write_cards(book, styles, frame, cards)
            self._write_history(book, styles, cards)
        title = self.env._("Scorecard")
        return f"{title} {frame['period']['key']}.xlsx", output.getvalue()

    @api.model
    def _prepare_styles(self, book) -> dict:
        places = self._get_company().currency_id.decimal_places
        formats = {**FORMATS, "money": "#,##0." + "0" * places if places else "#,##0"}
        formats[MEAN] = "#,##0.0"
        return {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bg_color": "#e9ecef", "text_wrap": True}),
            **{unit: book.add_format({"num_format": form}) for unit, form in formats.items()},
        }

    @api.model
    def _write_cards(self, book, styles, frame, cards):
        sheet = book.add_worksheet(self.env._("Scorecard"))
        scope = next(each["label"] for each in frame["scopes"] if each["key"] == frame["scope"])
        sheet.write_string(
            0, 0, f"{frame['company_name']}: {frame['period']['label']}", styles["title"]
        )
        sheet.write_string(1, 0, scope)
        names, lights = self._get_column_names(frame), self._get_light_names()
        for column, name in enumerate(names):
            sheet.write_string(3, column, name, styles["head"])
        sheet.set_column(0, 1, WIDE)
        sheet.set_column(2, len(names) - 1, NARROW)
        sheet.freeze_panes(4, 2)
        for row, (perspective, card) in enumerate(cards, start=4):
            sheet.write_string(row, 0, perspective)
            sheet.write_string(row, 1, card["name"])
            for column, name in enumerate(FIGURES, start=2):
                write_figure(sheet, row, column, card.get(name), styles, card["unit"])
            sheet.write_string(row, 2 + len(FIGURES), lights[card["light"]])
            sheet.write_string(row, 3 + len(FIGURES), card["frozen_label"] or "")

    @api.model
    def _write_history(self, book, styles, cards):
        """Write a line for each card with the value of each period, by the periods' keys."""
        sheet = book.add_worksheet(self.env._("History"))
        labels = {
            point["key"]: point["label"] for _name, card in cards for point in card["history"]
        }
        columns = {key: number for number, key in enumerate(sorted(labels), start=1)}
        sheet.write_string(0, 0, self.env._("Indicator"), styles["head"])
        for key, column in columns.items():
            sheet.write_string(0, column, labels[key], styles["head"])
        sheet.set_column(0, 0, WIDE)
        sheet.set_column(1, max(1, len(columns)), NARROW)
        sheet.freeze_panes(1, 1)
        for row, (_name, card) in enumerate(cards, start=1):
            sheet.write_string(row, 0, card["name"])
            for point in card["history"]:
                write_figure(
                    sheet, row, columns[point["key"]], point["value"], styles, card["unit"]
                )

    @api.model
    def _get_column_names(self, frame) -> list[str]:
        return [
            self.env._("Perspective"),
            self.env._("Indicator"),
            frame["period"]["label"],
            self.env._("Target"),
            self.env._("Target by today"),
            self.env._("Period before"),
            self.env._("A year before"),
            self.env._("Measured now"),
            self.env._("Traffic light"),
            self.env._("Closed on"),
        ]

    @api.model
    def _get_light_names(self) -> dict[str, str]:
        return {
            "green": self.env._("On target"),
            "amber": self.env._("Close to target"),
            "red": self.env._("Off target"),
            "none": self.env._("No target or data"),
        }


def write_figure(sheet, row, column, value, styles, unit):
    """Write a number; a figure that is missing stays blank, it is no zero."""
    if value is not None and value is not False:
        if unit == "count" and not float(value).is_integer():
            unit = MEAN
        sheet.write_number(row, column, value, styles[unit])
