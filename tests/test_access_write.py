"""Nobody writes a computed figure or acts on an account of a colleague, whatever the way in."""

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .access_case import AccessCase

#: What each role may write on an account that it may see; every other field is computed.
ENTERABLE = {
    "name",
    "user_id",
    "potential",
    "interest_categ_ids",
    "urgency",
    "note",
    "stage_id",
    "color",
    "first_contact_date",
    # the contact's own data
    "phone",
    "email",
    "street",
    "zip",
    "city",
    "state_id",
    "country_id",
    "vat",
    "ref",
    "website",
    "industry_id",
}
BY_MANAGER = {"opening_client_date", "opening_last_purchase_date", "opening_revenue"}
#: Not stored, or checked on their own: ``lifecycle`` with its reason and date is a request.
REQUEST = {"lifecycle", "lifecycle_reason", "lifecycle_date"}
PARTNER_ENTERABLE = {
    "cartera_potential",
    "cartera_interest_categ_ids",
    "cartera_urgency",
    "cartera_note",
}
#: Data of the contact itself, shared as its name is.
OF_CONTACT = {"cartera_role_ids"}
IDENTITY = {"partner_id", "company_id"}
MAGIC = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}


class TestHostileWrites(AccessCase):
    def value(self, field):
        """Return (a valid value, the same as a cell of a file) that would be a change."""
        if field.type in ("many2one", "one2many", "many2many"):
            record = self.env[field.comodel_name].search([], limit=1)
            one = field.type == "many2one"
            return (record.id if one else [(6, 0, record.ids)]), str(record.id)
        if field.type == "selection":
            values = field.get_values(self.env)
            return values[-1], values[-1]
        return {
            "boolean": (True, "True"),
            "date": ("1999-01-01", "1999-01-01"),
            "datetime": ("1999-01-01 00:00:00", "1999-01-01 00:00:00"),
            "integer": (77, "77"),
            "many2one_reference": (77, "77"),
            "float": (77.0, "77"),
            "monetary": (77.0, "77"),
            "binary": ("R0lGODlhAQABAAAAACw=", "R0lGODlhAQABAAAAACw="),
        }.get(field.type, ("Hostil", "Hostil"))

    def snapshot(self):
        """Return every stored value of the accounts and how many there are."""
        self.env.invalidate_all()
        self.env.cr.execute("SELECT to_jsonb(p) FROM cartera_profile p ORDER BY id")
        return [row for (row,) in self.env.cr.fetchall()]

    def assert_refused(self, role, model, method, *args):
        """Check that a call is refused with a message and changes nothing."""
        before = self.snapshot()
        with self.assertRaises(UserError) as caught:
            self.rpc(role, model, method, *args)
            self.env.flush_all()
        self.assertGreater(len(caught.exception.args[0]), 20)
        self.assertEqual(self.snapshot(), before)

    def load(self, role, model, names, rows):
        """Load rows as an import does; return the messages."""
        with mute_logger("odoo.sql_db"):
            return self.rpc(role, model, "load", names, rows)

    def test_profile(self):
        model = self.env["cartera.profile"]
        profile = self.profile_of(self.mine)
        for name in sorted(model._fields.keys() - ENTERABLE - REQUEST - IDENTITY - MAGIC):
            value, cell = self.value(model._fields[name])
            column = f"{name}/.id" if model._fields[name].relational else name
            for role in ("salesperson", "all_accounts", "manager"):
                if name in BY_MANAGER and role == "manager":
                    continue
                with self.subTest(field=name, role=role, way="write"):
                    self.assert_refused(
                        role, "cartera.profile", "write", profile.ids, {name: value}
                    )
                with self.subTest(field=name, role=role, way="create"):
                    vals = {"name": "Nueva", name: value}
                    self.assert_refused(role, "cartera.profile", "create", [vals])
                with self.subTest(field=name, role=role, way="import"):
                    before = self.snapshot()
                    result = self.load(role, "cartera.profile", ["name", column], [["X", cell]])
                    self.assertFalse(result["ids"])
                    self.assertEqual(result["messages"][0]["type"], "error")
                    self.assertEqual(self.snapshot(), before)

    def test_profile_web_save(self):
        """The form's own door: web_save is a write."""
        profile = self.profile_of(self.mine)
        for role in ("salesperson", "manager"):
            for name, value in (("purchase_count", 9), ("client_date", "1990-01-01")):
                with self.subTest(role=role, field=name):
                    self.assert_refused(
                        role, "cartera.profile", "web_save", profile.ids, {name: value}, {}
                    )

    def test_partner(self):
        model = self.env["res.partner"]
        names = {name for name in model._fields if name.startswith("cartera_")}
        self.assertLess(PARTNER_ENTERABLE | OF_CONTACT, names)
        for name in sorted(names - PARTNER_ENTERABLE - OF_CONTACT):
            value, cell = self.value(model._fields[name])
            column = f"{name}/.id" if model._fields[name].relational else name
            for role in ("internal", "salesperson", "all_accounts", "manager"):
                with self.subTest(field=name, role=role, way="write"):
                    self.assert_refused(role, "res.partner", "write", self.mine.ids, {name: value})
                with self.subTest(field=name, role=role, way="create"):
                    self.assert_refused(
                        role, "res.partner", "create", [{"name": "Nueva", name: value}]
                    )
                with self.subTest(field=name, role=role, way="import"):
                    before = self.snapshot()
                    try:
                        result = self.load(role, "res.partner", ["name", column], [["X", cell]])
                    except AccessError:
                        continue
                    self.assertFalse(result["ids"])
                    self.assertEqual(result["messages"][0]["type"], "error")
                    self.assertEqual(self.snapshot(), before)

    def test_accounts_of_others(self):
        """What people may enter, they may enter on the accounts they see and on no other."""
        theirs, far = self.profile_of(self.theirs), self.profile_of(self.other, self.other_company)
        for name in sorted(ENTERABLE):
            value, _cell = self.value(theirs._fields[name])
            for role, profile in (("salesperson", theirs), ("manager", far), ("internal", theirs)):
                with self.subTest(field=name, role=role):
                    self.assert_refused(
                        role, "cartera.profile", "write", profile.ids, {name: value}
                    )
        for name in sorted(PARTNER_ENTERABLE):
            value, _cell = self.value(self.theirs._fields[name])
            with self.subTest(field=name):
                self.assert_refused(
                    "salesperson", "res.partner", "write", self.theirs.ids, {name: value}
                )
                self.assert_refused(
                    "internal", "res.partner", "write", self.theirs.ids, {name: value}
                )

    def test_request_is_all_or_nothing(self):
        """A reason or a date without a lifecycle is no request; they are figures then."""
        profile = self.profile_of(self.free)
        for vals in (
            {"lifecycle_date": "1999-01-01"},
            {"lifecycle_reason": "Porque sí"},
            {"lifecycle": False, "lifecycle_reason": "Porque sí"},
            {"lifecycle": "lead", "lifecycle_reason": " "},
            {"lifecycle": "prospect", "lifecycle_reason": "Atrás"},
            {"lifecycle": "client", "lifecycle_reason": "x", "lifecycle_date": "2999-01-01"},
            {"lifecycle": "amigo", "lifecycle_reason": "x"},
        ):
            for role in ("salesperson", "manager"):
                with self.subTest(vals=vals, role=role):
                    self.assert_refused(role, "cartera.profile", "write", profile.ids, vals)

    def test_history_documents_and_queue(self):
        """Written by the engine only."""
        profile = self.profile_of(self.mine)
        move = profile.transition_ids[:1]
        bill = self.env["cartera.document"].search([("profile_id", "=", profile.id)])
        self.env["cartera.touch"]._touch([(self.mine.id, self.company.id)])
        touch = self.env["cartera.touch"].search([])
        for role in ("portal", "internal", "salesperson", "all_accounts", "manager"):
            for record, vals in (
                (move, {"date": "1999-01-01"}),
                (bill, {"amount_untaxed": 1}),
                (touch, {"partner_id": self.theirs.id}),
            ):
                for method, args in (
                    ("write", [record.ids, vals]),
                    ("create", [vals]),
                    ("unlink", [record.ids]),
                ):
                    with self.subTest(role=role, model=record._name, method=method):
                        self.assert_refused(role, record._name, method, *args)
            with self.subTest(role=role, model="cartera.profile"):
                self.assert_refused(role, "cartera.profile", "unlink", profile.ids)
