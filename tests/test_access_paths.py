"""Nobody learns a figure through the screens and models that were there before us."""

from odoo.exceptions import AccessError

from .access_case import DENIED, NOTHING, REFUSED, SEEN, AccessCase

POTENTIAL = "cartera_potential"
SPEC = {"cartera_profile_id": {"fields": {"potential": {}}}}
GIVEN = ("cartera_potential", ">", 1)


class TestAccessPaths(AccessCase):
    def of(self, records, company):
        """Return the potentials in a company of the accounts of partners, leads or users."""
        partners = records.sudo()
        partners = partners if partners._name == "res.partner" else partners.partner_id
        return [
            profile.potential
            for partner in partners
            for profile in self.known
            if profile.partner_id == partner.commercial_partner_id and profile.company_id == company
        ]

    def test_partner(self):
        """The Contacts screens: an account's own company only, the figures of a colleague blank."""

        def model(env):
            return env["res.partner"]

        def every(env):
            return model(env).browse(self.accounts.ids)

        def search(*domain):
            return lambda e: self.of(
                model(e).search([("id", "in", self.accounts.ids), *domain]), e.company
            )

        def people(*domain):
            return lambda e: self.of(
                model(e).search([("parent_id", "in", self.accounts.ids), *domain]), e.company
            )

        def group(by, *aggregates, having=()):
            domain = [("id", "in", self.accounts.ids)]
            return lambda e: model(e)._read_group(domain, by, aggregates, having)

        def groups(by):
            """Return the figures of the groups that are not blank."""
            return lambda e: [
                figure
                for key, figures in group([by], f"{POTENTIAL}:array_agg")(e)
                if key
                for figure in figures
            ]

        self.check(
            {
                "read": (lambda e: self.each(every(e), lambda r: r[POTENTIAL]), REFUSED),
                "read profile": (
                    lambda e: self.figures(every(e).exists().cartera_profile_id),
                    REFUSED,
                ),
                "web_read": (
                    lambda e: [
                        row["cartera_profile_id"]["potential"]
                        for row in every(e).web_read(SPEC)
                        if row["cartera_profile_id"]
                    ],
                    REFUSED,
                ),
                "export": (
                    lambda e: self.each(
                        every(e), lambda r: r.export_data([POTENTIAL])["datas"][0][0]
                    ),
                    REFUSED,
                ),
                "export path": (
                    lambda e: self.each(
                        every(e),
                        lambda r: r.export_data(["cartera_profile_id/potential"])["datas"][0][0],
                    ),
                    REFUSED,
                ),
                "search": (search(GIVEN), NOTHING),
                "search not": (search("!", (POTENTIAL, "in", [0, False])), NOTHING),
                "search stage": (search(("cartera_stage_id.name", "ilike", "a")), NOTHING),
                "search lifecycle": (search(("cartera_lifecycle", "=", "client")), NOTHING),
                "search path": (search(("cartera_profile_id.potential", ">", 1)), NOTHING),
                "search profile": (search(("cartera_profile_id", "in", self.known.ids)), NOTHING),
                "search name": (search(("cartera_profile_id", "ilike", "a")), NOTHING),
                "of the parent": (people((f"parent_id.{POTENTIAL}", ">", 1)), NOTHING),
                "of people": (people(GIVEN), NOTHING),
                "of children": (search(("child_ids", "any", [GIVEN])), NOTHING),
                "sum": (lambda e: group([], f"{POTENTIAL}:sum")(e)[0], REFUSED),
                "group by lifecycle": (groups("cartera_lifecycle"), REFUSED),
                "group by stage": (groups("cartera_stage_id"), REFUSED),
                "group by profile": (groups("cartera_profile_id"), REFUSED),
                "group by path": (groups("cartera_profile_id.lifecycle"), REFUSED),
                "having": (
                    lambda e: [
                        figure
                        for _id, figure in group(
                            ["id"], f"{POTENTIAL}:sum", having=[(f"{POTENTIAL}:sum", ">", 1)]
                        )(e)
                    ],
                    REFUSED,
                ),
                "sum for the client": (
                    lambda e: [
                        row[f"{POTENTIAL}:sum"]
                        for row in model(e).formatted_read_group(
                            [("id", "in", self.accounts.ids)], [], [f"{POTENTIAL}:sum"]
                        )
                    ],
                    REFUSED,
                ),
            }
        )

    def test_figure_of_a_narrower_group(self):
        """Odoo checks the group of such a field on reading only; here it holds on every path."""
        for model, name in (("res.partner", POTENTIAL), ("cartera.profile", "potential")):
            self.patch(self.env[model]._fields[name], "groups", "base.group_system")
        model = self.env_of("all_accounts")["res.partner"]
        domain = [("id", "in", self.accounts.ids)]
        self.assertFalse(model.search([*domain, GIVEN]))
        self.assertFalse(model.search([*domain, ("cartera_profile_id.potential", ">", 1)]))
        for path, call in {
            "read": lambda: model.browse(self.mine.id).read([POTENTIAL]),
            "order": lambda: model.search(domain, order=POTENTIAL),
            "sum": lambda: model._read_group(domain, [], [f"{POTENTIAL}:sum"]),
            "group": lambda: model._read_group(domain, [POTENTIAL], ["__count"]),
            "having": lambda: model._read_group(
                domain, ["id"], ["__count"], [(f"{POTENTIAL}:sum", ">", 1)]
            ),
            "order of users": lambda: model.env["res.users"].search([], order=POTENTIAL),
        }.items():
            with self.subTest(path=path), self.assertRaises(AccessError):
                call()

    def test_partner_order(self):
        """A blank stands where blanks stand, wherever the real figure would: nobody sees it move."""
        accounts = self.mine | self.theirs | self.free

        def ordered(env, direction):
            found = env["res.partner"].search(
                [("id", "in", accounts.ids)], order=f"{POTENTIAL} {direction}, id"
            )
            return found.mapped("name")

        every = ["Plaza", "Mía", "Ajena"]
        for role, up, down in (
            ("salesperson", ["Plaza", "Mía", "Ajena"], ["Ajena", "Mía", "Plaza"]),
            ("all_accounts", every, every[::-1]),
            ("manager", every, every[::-1]),
            ("other", ["Ajena", "Mía", "Plaza"], ["Mía", "Plaza", "Ajena"]),
        ):
            for direction, names in (("asc", up), ("desc", down)):
                with self.subTest(role=role, direction=direction):
                    self.assertEqual(ordered(self.env_of(role), direction), names)
        self.theirs.cartera_potential = 1
        self.assertEqual(ordered(self.env_of("salesperson"), "asc"), every)
        self.assertEqual(ordered(self.env_of("all_accounts"), "asc"), ["Ajena", "Plaza", "Mía"])
        for role in DENIED:
            with self.subTest(role=role), self.assertRaises(AccessError):
                ordered(self.env_of(role), "asc")

    def test_blank_for_who_may_not_see(self):
        """Searching for blanks tells no more than searching for figures."""
        for role in DENIED:
            model = self.env_of(role)["res.partner"]
            for name in ("cartera_profile_id", POTENTIAL, "cartera_note"):
                with self.subTest(role=role, field=name):
                    self.assertFalse(model.search([(name, "=", False)]))

    def test_lead(self):
        """The salesperson has leads with the colleague's account and learns nothing through them."""

        def model(env):
            return env["crm.lead"]

        def search(*domain):
            return lambda e: self.of(
                model(e).search([("id", "in", self.leads.ids), *domain]), e.company
            )

        def groups(by):
            return lambda e: [
                figure
                for key, leads in model(e)._read_group([], [by], ["id:recordset"])
                if key
                for figure in self.of(leads, e.company)
            ]

        def not_blank(call):
            return lambda e: [
                self.of(lead, e.company)[0]
                for lead in model(e).search([("id", "in", self.leads.ids)])
                if call(lead)
            ]

        self.check(
            {
                "read": (not_blank(lambda lead: lead.cartera_lifecycle), REFUSED),
                "read stage": (not_blank(lambda lead: lead.cartera_stage_id), REFUSED),
                "read path": (
                    not_blank(lambda lead: lead.partner_id.cartera_potential),
                    REFUSED,
                ),
                "export": (
                    not_blank(
                        lambda lead: any(
                            lead.export_data(["cartera_lifecycle", f"partner_id/{POTENTIAL}"])[
                                "datas"
                            ][0]
                        )
                    ),
                    REFUSED,
                ),
                "search": (search(("cartera_lifecycle", "=", "client")), REFUSED),
                "search path": (search((f"partner_id.{POTENTIAL}", ">", 1)), REFUSED),
                "search long path": (
                    search(("partner_id.cartera_profile_id.potential", ">", 1)),
                    REFUSED,
                ),
                "group": (groups("cartera_lifecycle"), REFUSED),
                "group by stage": (groups("cartera_stage_id"), REFUSED),
                "group by path": (groups("partner_id.cartera_lifecycle"), REFUSED),
                "group by long path": (groups("partner_id.cartera_profile_id.lifecycle"), REFUSED),
            }
        )

    def test_user(self):
        """Every colleague may read the portal users; they are people of the accounts."""

        def search(*domain):
            return lambda e: self.of(
                e["res.users"].search([("id", "in", self.contacts.ids), *domain]), e.company
            )

        def groups(by):
            domain = [("id", "in", self.contacts.ids)]
            return lambda e: [
                figure
                for key, users in e["res.users"]._read_group(domain, [by], ["id:recordset"])
                if key
                for figure in self.of(users, e.company)
            ]

        def every(env):
            return env["res.users"].browse(self.contacts.ids)

        self.check(
            {
                "read": (lambda e: self.each(every(e), lambda r: r[POTENTIAL]), REFUSED),
                "export": (
                    lambda e: self.each(
                        every(e),
                        lambda r: r.export_data([f"partner_id/{POTENTIAL}"])["datas"][0][0],
                    ),
                    REFUSED,
                ),
                "search": (search(GIVEN), NOTHING),
                "search path": (search((f"partner_id.{POTENTIAL}", ">", 1)), NOTHING),
                "search lifecycle": (search(("cartera_lifecycle", "=", "client")), NOTHING),
                "group": (groups("cartera_lifecycle"), REFUSED),
                "group by path": (groups("partner_id.cartera_stage_id"), REFUSED),
                "order": (
                    lambda e: e["res.users"].search([], order=POTENTIAL) and self.seen_by(e),
                    REFUSED,
                ),
                "sum": (
                    lambda e: e["res.users"]._read_group(
                        [("id", "in", self.contacts.ids)], [], [f"{POTENTIAL}:sum"]
                    )[0],
                    REFUSED,
                ),
            }
        )

    def seen_by(self, env):
        """Return what the table allows a user: for calls that answer without giving a figure."""
        return SEEN[next(role for role, user in self.users.items() if user.id == env.uid)]
