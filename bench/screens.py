"""Screens of the portfolio, against the same columns stored on the contact."""

from clock import TIMES, Row, medians
from company import ADMIN
from lxml import etree

NAMED = {"fields": {"display_name": {}}}
#: Columns that contacts have themselves, or that are none of the portfolio.
THEIRS = {"partner_id", "name", "user_id", "active", "company_id", "currency_id", "color"}
PAGE, CARDS = 80, 40
LISTS = {
    "clients by revenue": ([("lifecycle", "=", "client")], "revenue_12m desc, id"),
    "at risk, class A, by last purchase": (
        [("retention_status", "=", "at_risk"), ("abc_revenue", "=", "A")],
        "last_purchase_date, id",
    ),
}
#: Methods that the analysis screens call when they open.
ANALYSES = ("get_concentration", "get_rfm_grid", "get_retention", "get_cohorts")


class Screens:
    """What a user's browser asks for, of profiles and of contacts with the same columns."""

    def __init__(self, company):
        """Find the columns of the list and of the cards."""
        self.company = company
        with company.environment(ADMIN) as env:
            self.specs = {kind: _specification(env, kind) for kind in ("list", "kanban")}
            fields = env["cartera.profile"]._fields
            self.stored = {
                name: fields[name]
                for spec in self.specs.values()
                for name in spec
                if fields[name].store and fields[name].column_type and name not in THEIRS
            }
            sorted_by = {"revenue_12m", "last_purchase_date", "retention_status", "abc_revenue"}
            self.stored |= {name: fields[name] for name in sorted_by | {"lifecycle", "stage_id"}}
            self.indexed = [name for name, field in self.stored.items() if field.index]

    def store_on_contacts(self):
        """Give contacts the columns, as the design that was not chosen would."""
        with self.company.environment() as env:
            env["ir.model.fields"].create(
                [self._prepare_field(env, name) for name in sorted(self.stored)]
            )
        columns = ", ".join(f"x_{name} = p.{name}" for name in self.stored)
        self.company.execute(
            f"UPDATE res_partner r SET {columns} FROM cartera_profile p WHERE p.partner_id = r.id",
            *(f"CREATE INDEX ON res_partner (x_{name})" for name in self.indexed),
            # The best case for them: no row was ever written twice.
            "VACUUM FULL res_partner",
            "ANALYZE res_partner",
        )

    def _prepare_field(self, env, name):
        field = self.stored[name]
        plain = {"monetary": "float", "selection": "char", "reference": "char"}
        vals = {
            "name": f"x_{name}",
            "model_id": env["ir.model"]._get_id("res.partner"),
            "ttype": plain.get(field.type, field.type),
            "field_description": name,
        }
        return vals | ({"relation": field.comodel_name} if field.type == "many2one" else {})

    def same(self, kind):
        """Return (our specification, that of contacts) of the columns that both can have.

        Theirs are their own fields and the stored columns. What only we work out (words, days, shares) is
        measured beside it, against these.
        """
        with self.company.environment() as env:
            own = env["res.partner"]._fields
        ours, theirs = {"display_name": {}}, {"display_name": {}}
        for name, value in self.specs[kind].items():
            if name in self.stored or name in own:
                ours[name] = value
                theirs[f"x_{name}" if name in self.stored else name] = value
        return ours, theirs

    def lists(self):
        """Measure the first page of lists."""
        (same, theirs), rows = self.same("list"), []
        for title, (domain, order) in LISTS.items():
            (ours, stored, every), runs = medians(
                self._page("cartera.profile", same, domain, order),
                self._page("res.partner", theirs, _prefixed(domain), f"x_{order}"),
                self._page("cartera.profile", self.specs["list"], domain, order),
                times=2 * TIMES,
            )
            rows.append(Row(f"list: {title}", ours, "columns on the contact", stored, 1.0, runs))
            rows.append(Row("  with what only we work out", every, "without", ours, runs=runs))
        return rows

    def _page(self, model, spec, domain, order):
        def read():
            with self.company.environment(ADMIN) as env:
                options = {"limit": PAGE, "order": order, "count_limit": 10_001}
                env[model].web_search_read(domain, spec, **options)

        return read

    def kanban(self):
        """Measure the board by stage, forty cards a column."""
        same, theirs = self.same("kanban")
        (ours, stored, every), runs = medians(
            self._board("cartera.profile", same, ""),
            self._board("res.partner", theirs, "x_"),
            self._board("cartera.profile", self.specs["kanban"], ""),
            times=2 * TIMES,
        )
        return [
            Row("kanban by stage", ours, "columns on the contact", stored, 1.0, runs),
            Row("  with what only we work out", every, "without", ours, runs=runs),
        ]

    def _board(self, model, spec, prefix):
        def read():
            with self.company.environment(ADMIN) as env:
                env[model].web_read_group(
                    [(f"{prefix}stage_id", "!=", False)],
                    [f"{prefix}stage_id"],
                    ["__count", f"{prefix}potential:sum"],
                    auto_unfold=True,
                    unfold_read_specification=spec,
                    unfold_read_default_limit=CARDS,
                )

        return read

    def form(self):
        """Measure the form of a contact with and without our fields."""
        with self.company.environment(ADMIN) as env:
            names = env["res.partner"].get_views([(False, "form")])["models"]["res.partner"][
                "fields"
            ]
            fields = env["res.partner"]._fields
        every = {name: NAMED if fields[name].type == "many2one" else {} for name in names}
        without = {name: spec for name, spec in every.items() if not name.startswith("cartera_")}
        account = self.company.accounts(10)[5]

        def reader(spec):
            def read():
                with self.company.environment(ADMIN) as env:
                    env["res.partner"].browse(account).web_read(spec)

            return read

        (ours, bare), runs = medians(reader(every), reader(without), times=8 * TIMES)
        return [Row("partner form", ours, "without our fields", bare, 1.2, runs)]

    def analyses(self):
        """Measure the analysis screens; for information."""
        rows = []
        for method in ANALYSES:

            def call(method=method):
                with self.company.environment(ADMIN) as env:
                    getattr(env["cartera.screen"], method)()

            [seconds], runs = medians(call)
            rows.append(Row(f"screen: {method.removeprefix('get_')}", seconds, runs=runs))
        return rows

    def measure(self):
        """Measure everything; the form before contacts have more columns."""
        rows = [*self.form(), *self.analyses()]
        self.store_on_contacts()
        return [*self.lists(), *self.kanban(), *rows]


def _specification(env, kind):
    """Return what the browser reads of a profile in a view of this kind."""
    arch = env["cartera.profile"].get_views([(False, kind)])["views"][kind]["arch"]
    fields = env["cartera.profile"]._fields
    names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
    return {name: NAMED if fields[name].type == "many2one" else {} for name in sorted(names)}


def _prefixed(domain):
    return [(f"x_{name}", operator, value) for name, operator, value in domain]
