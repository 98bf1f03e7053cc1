"""Who learns what of whose account, on every path to a figure.

A salesperson learns the figures of his own accounts and of those without salesperson; who sees all
accounts, all of his company; portal users and colleagues outside sales nothing.
"""

from .access_case import REFUSED, AccessCase

SPEC = {"potential": {}}


class TestAccessPaths(AccessCase):
    def test_profile(self):
        def model(env):
            return env["cartera.profile"]

        def every(env):
            return model(env).browse(self.known.ids)

        self.check(
            {
                "read": (lambda e: self.each(every(e), lambda r: r.potential), REFUSED),
                "web_read": (
                    lambda e: self.each(every(e), lambda r: r.web_read(SPEC)[0]["potential"]),
                    REFUSED,
                ),
                "search": (
                    lambda e: self.figures(model(e).search([("potential", ">", 1)])),
                    REFUSED,
                ),
                "order": (
                    lambda e: self.figures(model(e).search([], order="potential desc")),
                    REFUSED,
                ),
                "web_search_read": (
                    lambda e: [
                        row["potential"] for row in model(e).web_search_read([], SPEC)["records"]
                    ],
                    REFUSED,
                ),
                "dotted": (
                    lambda e: self.figures(
                        model(e).search([("partner_id.cartera_potential", ">", 1)])
                    ),
                    REFUSED,
                ),
                "sum": (
                    lambda e: model(e)._read_group([], [], ["potential:sum"])[0],
                    REFUSED,
                ),
                "sum for the client": (
                    lambda e: [
                        row["potential:sum"]
                        for row in model(e).formatted_read_group(
                            [], ["company_id"], ["potential:sum"]
                        )
                    ],
                    REFUSED,
                ),
                "sum of columns": (
                    lambda e: [
                        group["potential:sum"]
                        for group in model(e).web_read_group(
                            [("lifecycle", "=", "client")], ["lifecycle"], ["potential:sum"]
                        )["groups"]
                    ],
                    REFUSED,
                ),
                "group": (
                    lambda e: [
                        figure
                        for _state, figures in model(e)._read_group(
                            [], ["next_action_state"], ["potential:array_agg"]
                        )
                        for figure in figures
                    ],
                    REFUSED,
                ),
                "having": (
                    lambda e: [
                        figure
                        for _partner, figure in model(e)._read_group(
                            [], ["partner_id"], ["potential:sum"], [("potential:sum", ">", 1)]
                        )
                    ],
                    REFUSED,
                ),
                "export": (
                    lambda e: self.each(
                        every(e), lambda r: r.export_data(["potential"])["datas"][0][0]
                    ),
                    REFUSED,
                ),
                "name_search": (
                    lambda e: self.figures(
                        model(e).browse(found[0] for found in model(e).name_search(""))
                    ),
                    REFUSED,
                ),
            }
        )

    def test_history_and_documents(self):
        """The amount of each document is a tenth of the potential."""

        def model(env):
            return env["cartera.transition"]

        def documents(env):
            return env["cartera.document"]

        def of(records):
            return self.figures(records.sudo().profile_id)

        moves, bills = self.known.transition_ids, documents(self.env).search([])
        self.check(
            {
                "history: read": (
                    lambda e: self.each(moves.with_env(e), lambda r: r.read(["date"]) and of(r)[0]),
                    REFUSED,
                ),
                "history: search": (lambda e: of(model(e).search([])), REFUSED),
                "history: dotted": (
                    lambda e: of(model(e).search([("profile_id.potential", ">", 1)])),
                    REFUSED,
                ),
                "history: group": (
                    lambda e: [
                        self.figures(profile)[0]
                        for (profile,) in model(e)._read_group([], ["profile_id"])
                    ],
                    REFUSED,
                ),
                "documents: read": (
                    lambda e: self.each(bills.with_env(e), lambda r: r.amount_untaxed * 10),
                    REFUSED,
                ),
                "documents: search": (
                    lambda e: of(documents(e).search([("amount_untaxed", ">", 1)])),
                    REFUSED,
                ),
                "documents: order": (
                    lambda e: of(documents(e).search([], order="amount_untaxed")),
                    REFUSED,
                ),
                "documents: export": (
                    lambda e: [
                        float(row[0]) * 10
                        for row in documents(e).search([]).export_data(["amount_untaxed"])["datas"]
                    ],
                    REFUSED,
                ),
                "sum of documents": (
                    lambda e: [
                        amount * 10
                        for _company, amount in documents(e)._read_group(
                            [], ["company_id"], ["amount_untaxed:sum"]
                        )
                    ],
                    REFUSED,
                ),
            }
        )
