"""Progressive profiling: the dialog asks for a few of the things that the account's stage wants to know."""

from odoo import api, fields, models

from ..models.cartera_profile import URGENCIES

#: How many missing items one dialog asks for.
ASK_COUNT = 3
#: Names of fields that the dialog can ask for: "ask_email" writes ``email`` of the contact, ...
OF_CONTACT = (
    "phone",
    "email",
    "website",
    "vat",
    "street",
    "zip",
    "city",
    "country_id",
    "industry_id",
    "user_id",
    "ref",
)
#: ... and "ask_urgency" writes ``urgency`` of the account.
OF_PROFILE = ("urgency", "first_contact_date", "note")
#: These stand in the dialog anyway.
ALWAYS_ASKED = ("potential", "interest_categ_ids")


class CarteraCapture(models.TransientModel):
    _inherit = "cartera.capture"

    asked = fields.Char(
        compute="_compute_asked", help="Names of the fields that are asked for, between commas."
    )
    asked_other = fields.Char(
        string="Also missing",
        compute="_compute_asked",
        help="What the stage wants to know and this dialog cannot ask: enter it on the account.",
    )
    ask_phone = fields.Char(string="Phone")
    ask_email = fields.Char(string="E-mail")
    ask_website = fields.Char(string="Website")
    ask_vat = fields.Char(string="Tax ID")
    ask_street = fields.Char(string="Street")
    ask_zip = fields.Char(string="ZIP")
    ask_city = fields.Char(string="City")
    ask_country_id = fields.Many2one(comodel_name="res.country", string="Country")
    ask_industry_id = fields.Many2one(comodel_name="res.partner.industry", string="Industry")
    ask_user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", domain=[("share", "=", False)]
    )
    ask_ref = fields.Char(string="Reference")
    ask_urgency = fields.Selection(selection=URGENCIES, string="Urgency")
    ask_first_contact_date = fields.Date(string="First contact")
    ask_note = fields.Text(string="What everybody should know")

    @api.depends("account_id", "company_id", "profile_id")
    def _compute_asked(self):
        for dialog in self:
            names, others = dialog._choose_asked()
            dialog.asked = f",{','.join(names)}," if names else False
            dialog.asked_other = ", ".join(others) or False

    def _choose_asked(self) -> tuple[list[str], list[str]]:
        """Return the fields to ask for, and the labels of what must be entered elsewhere.

        At most ASK_COUNT together, in the order of the wishes; where one of several fields is enough,
        the first that the dialog can ask for.
        """
        profile = self._get_profile()
        wishes = {}
        for item in profile._get_missing_fields().get(profile, ()) if profile else ():
            wishes.setdefault(item["wish"], []).append(item)
        names, others = [], []
        for items in wishes.values():
            if any(item["name"] in ALWAYS_ASKED for item in items):
                continue
            known = [item["name"] for item in items if item["name"] in (*OF_CONTACT, *OF_PROFILE)]
            if len(names) + len(others) == ASK_COUNT:
                break
            if known:
                names.append(known[0])
            else:
                others.append(items[0]["label"])
        return names, others

    def _get_answers(self, names) -> dict:
        """Return the values that were filled in, ready to write."""
        return {
            name: self._fields[f"ask_{name}"].convert_to_write(self[f"ask_{name}"], self)
            for name in names
            if self[f"ask_{name}"]
        }

    def _write_learned(self, profile):
        """Write the answers where they belong, by the user's own rights."""
        result = super()._write_learned(profile)
        if profile:
            if vals := self._get_answers(OF_CONTACT):
                profile.partner_id.write(vals)
            if vals := self._get_answers(OF_PROFILE):
                profile.write(vals)
        return result

    def action_open_account(self):
        """Open the account beside the dialog, to enter what the dialog cannot ask for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/odoo/cartera/{self._get_profile().id}",
            "target": "new",
        }
