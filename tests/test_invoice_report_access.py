"""Nobody learns through the invoice analysis what the portfolio would not show him."""

from odoo.exceptions import AccessError

from .access_case import COLLEAGUE, DENIED, FREE, MINE, OTHER, REFUSED, SHARED, AccessCase
from .test_invoice_report import DIMENSIONS, REPORT

SPEC = {"cartera_profile_id": {"fields": {"potential": {}}}}


class TestInvoiceReportAccess(AccessCase):
    """All may read the report: the accountant by his group, the others by a right given here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["internal"].group_ids |= cls.env.ref("account.group_account_invoice")
        model = cls.env["ir.model"]._get(REPORT)
        for group in ("base.group_user", "base.group_portal"):
            cls.env["ir.model.access"].create(
                {
                    "name": group,
                    "model_id": model.id,
                    "group_id": cls.env.ref(group).id,
                    "perm_read": True,
                }
            )
        cls.env["cartera.profile"].flush_model()
        cls.env.cr.execute(
            """UPDATE cartera_profile SET retention_status = 'lost', abc_revenue = 'A'
                WHERE id = ANY(%s)""",
            (cls.known.ids,),
        )
        cls.env.invalidate_all()

    def of_accounts(self):
        return [("commercial_partner_id", "in", self.accounts.ids)]

    def lines(self, env):
        return env[REPORT].search(self.of_accounts())

    def of(self, lines):
        """Return the potentials of the accounts of these lines, each in its own company."""
        figures = {
            (profile.partner_id, profile.company_id): profile.potential for profile in self.known
        }
        moves = lines.sudo().move_id
        return [
            figures[move.commercial_partner_id, move.company_id]
            for move in moves.with_env(self.env)
        ]

    def test_everybody_has_the_report(self):
        """What stands between anybody and the figures is our part alone."""
        for role in (*DENIED, "salesperson", "all_accounts", "manager"):
            with self.subTest(role=role):
                found = set(self.of(self.lines(self.env_of(role))))
                self.assertEqual(found - {OTHER, SHARED}, {MINE, COLLEAGUE, FREE})
        self.assertEqual(set(self.of(self.lines(self.env_of("other")))), {OTHER, SHARED})

    def search(self, *domain):
        return lambda e: self.of(e[REPORT].search([*self.of_accounts(), *domain]))

    def groups(self, by, having=()):
        """Return the figures of the lines in the groups that are not blank."""
        return lambda e: [
            figure
            for key, lines in e[REPORT]._read_group(
                self.of_accounts(), [by], ["id:recordset"], having
            )
            if key
            for figure in self.of(lines)
        ]

    def shown(self, call):
        """Return the figures of the lines of which ``call`` gives something."""
        return lambda e: [
            figure
            for line, given in self.each(self.lines(e), lambda line: (line, call(line)))
            if given
            for figure in self.of(line)
        ]

    def test_read(self):
        paths = {
            f"read {name}": (
                self.shown(lambda line, name=name: line.read([name])[0][name]),
                REFUSED,
            )
            for name in DIMENSIONS
        }
        paths |= {
            f"export {name}": (
                self.shown(lambda line, name=name: line.export_data([name])["datas"][0][0]),
                REFUSED,
            )
            for name in DIMENSIONS
        }
        paths |= {
            "read as a record": (self.shown(lambda line: line.cartera_lifecycle), REFUSED),
            "web_read": (
                lambda e: [
                    row["cartera_profile_id"]["potential"]
                    for row in self.lines(e).web_read(SPEC)
                    if row["cartera_profile_id"]
                ],
                REFUSED,
            ),
            "export path": (
                lambda e: self.each(
                    self.lines(e),
                    lambda line: line.export_data(["cartera_profile_id/potential"])["datas"][0][0],
                ),
                REFUSED,
            ),
        }
        self.check(paths)

    def test_search(self):
        self.check(
            {
                "search lifecycle": (self.search(("cartera_lifecycle", "=", "client")), REFUSED),
                "search abc": (self.search(("cartera_abc_revenue", "=", "A")), REFUSED),
                "search retention": (
                    self.search(("cartera_retention_status", "in", ["lost", "new"])),
                    REFUSED,
                ),
                "search not blank": (self.search(("cartera_abc_revenue", "!=", False)), REFUSED),
                "search profile": (
                    self.search(("cartera_profile_id", "in", self.known.ids)),
                    REFUSED,
                ),
                "search name": (self.search(("cartera_profile_id", "ilike", "a")), REFUSED),
                "search stage": (self.search(("cartera_stage_id.name", "ilike", "a")), REFUSED),
                "search path": (self.search(("cartera_profile_id.potential", ">", 1)), REFUSED),
            }
        )

    def test_group(self):
        paths = {f"group by {name}": (self.groups(name), REFUSED) for name in DIMENSIONS}
        paths |= {
            "group by path": (self.groups("cartera_profile_id.lifecycle"), REFUSED),
            "group by stage path": (self.groups("cartera_stage_id.lifecycle"), REFUSED),
            "having": (
                self.groups("cartera_lifecycle", [("cartera_profile_id:count_distinct", ">", 0)]),
                REFUSED,
            ),
            "profiles": (
                lambda e: self.figures(
                    e[REPORT]._read_group(self.of_accounts(), [], ["cartera_profile_id:recordset"])[
                        0
                    ][0]
                ),
                REFUSED,
            ),
            "largest retention": (
                lambda e: (
                    e[REPORT]._read_group(
                        self.of_accounts(), ["id"], ["cartera_retention_status:max"]
                    )
                    and self.groups("cartera_retention_status")(e)
                ),
                REFUSED,
            ),
            "sum for the client": (
                lambda e: [
                    sum(
                        10 * row["price_subtotal:sum"]
                        for row in e[REPORT].formatted_read_group(
                            self.of_accounts(), ["cartera_lifecycle"], ["price_subtotal:sum"]
                        )
                        if row["cartera_lifecycle"]
                    )
                ],
                REFUSED,
            ),
        }
        self.check(paths)

    def test_paths_from_other_models(self):
        """Through the contact, the report shows the account in the reader's current company."""
        self.check(
            {
                "group by contact": (
                    lambda e: [
                        figure
                        for key, lines in e[REPORT]._read_group(
                            [*self.of_accounts(), ("company_id", "=", e.company.id)],
                            ["commercial_partner_id.cartera_retention_status"],
                            ["id:recordset"],
                        )
                        if key
                        for figure in self.of(lines)
                    ],
                    REFUSED,
                ),
            }
        )

    def test_order(self):
        """A colleague's account sorts as a blank: where it would stand otherwise is not told."""
        domain = [*self.of_accounts(), ("company_id", "=", self.company.id)]
        self.known.filtered(lambda p: p.partner_id == self.theirs)._write_unjudged(
            {"retention_status": "active"}
        )

        def ordered(role):
            lines = self.env_of(role)[REPORT].search(
                domain, order="cartera_retention_status, price_subtotal"
            )
            return [figure for line in lines for figure in self.of(line)]

        for role in ("all_accounts", "manager"):
            self.assertEqual(ordered(role), [COLLEAGUE, FREE, MINE])
        self.assertEqual(ordered("salesperson"), [FREE, MINE, COLLEAGUE])
        for role in DENIED:
            for name in DIMENSIONS:
                with self.subTest(role=role, name=name), self.assertRaises(AccessError):
                    self.env_of(role)[REPORT].search([], order=name)

    def test_fields_are_not_offered(self):
        for role in DENIED:
            with self.subTest(role=role):
                offered = self.env_of(role)[REPORT].fields_get()
                self.assertFalse([name for name in offered if name.startswith("cartera_")])
                arch = self.env_of(role)[REPORT].get_view(view_type="search")["arch"]
                self.assertNotIn("cartera_", arch)
        offered = self.env_of("salesperson")[REPORT].fields_get(DIMENSIONS)
        for name in DIMENSIONS:
            self.assertTrue(offered[name]["groupable"] and offered[name]["searchable"])
        arch = self.env_of("salesperson")[REPORT].get_view(view_type="search")["arch"]
        self.assertIn("group_cartera_lifecycle", arch)

    def test_superuser_mode_keeps_the_rules_of_the_user(self):
        """Code of Odoo that reads with ``sudo()`` shows no more; the system itself sees all."""
        env = self.env_of("salesperson")
        domain = [*self.of_accounts(), ("company_id", "=", self.company.id)]
        found = env[REPORT].sudo().search([*domain, ("cartera_lifecycle", "=", "client")])
        self.assertEqual(set(self.of(found)), {MINE, FREE})
        found = self.env[REPORT].search([*domain, ("cartera_lifecycle", "=", "client")])
        self.assertEqual(set(self.of(found)), {MINE, COLLEAGUE, FREE})
