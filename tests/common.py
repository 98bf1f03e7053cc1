"""Base classes, users by role and factories of the database tests."""

import functools
from datetime import date

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tests.common import get_db_name

GROUPS = {
    "salesperson": "sales_team.group_sale_salesman",
    "all_accounts": "sales_team.group_sale_salesman_all_leads",
    "manager": "sales_team.group_sale_manager",
    "internal": "base.group_user",
    "portal": "base.group_portal",
}


class CarteraMixin:
    """Factories; every document is made as a user would make it, then drained."""

    @classmethod
    def set_up_cartera(cls):
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "en_US"})
        cls.company = cls.env.company
        cls.company.country_id = cls.env.ref("base.es")
        cls.profiles = cls.env["cartera.profile"].with_context(active_test=False)
        cls.journal = cls.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.product = cls.env["product.product"].create({"name": "Tornillo", "taxes_id": False})

    @classmethod
    def make_users(cls, *roles):
        """Return {role: user}; the password is the login, padded to eight characters."""
        return {
            role: new_test_user(
                cls.env, login=f"cartera_{role}", groups=GROUPS[role], name=role.title()
            )
            for role in roles
        }

    @classmethod
    def make_account(cls, name="Ferretería Gómez", **vals):
        return cls.env["res.partner"].create({"name": name, "is_company": True, **vals})

    @classmethod
    def make_invoice(cls, partner, day, amount=100.0, post=True, company=None, **vals):
        """Create, and post unless told not to, a one-line customer invoice."""
        move = (
            cls.env["account.move"]
            .with_company(company or cls.company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "invoice_date": day,
                    "invoice_line_ids": [
                        Command.create(
                            {"product_id": cls.product.id, "price_unit": amount, "tax_ids": False}
                        )
                    ],
                    **vals,
                }
            )
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def reverse(cls, move, day, amount=None):
        """Post a refund of a move, whole unless an amount is given."""
        wizard = (
            cls.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"date": day, "journal_id": move.journal_id.id})
        )
        refund = cls.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        if amount is not None:
            refund.invoice_line_ids.price_unit = amount
        refund.action_post()
        return refund

    @classmethod
    def make_lead(cls, partner, day=None, **vals):
        """Create an opportunity; ``day`` back-dates its creation, as only SQL can."""
        lead = cls.env["crm.lead"].create(
            {"name": "Oportunidad", "type": "opportunity", "partner_id": partner.id, **vals}
        )
        if day:
            cls.env.flush_all()
            cls.env.cr.execute(
                "UPDATE crm_lead SET create_date = %s WHERE id = %s",
                (f"{day} 12:00:00", lead.id),
            )
            lead.invalidate_recordset()
            lead._cartera_touch()
        return lead

    @classmethod
    def drain(cls):
        """Do what the hook does after a commit: test cursors never run it."""
        cls.env.flush_all()
        cls.env["cartera.touch"]._drain()
        cls.env.invalidate_all()

    @classmethod
    def profile_of(cls, partner, company=None):
        """Return the profile of a partner's account after a drain; empty if there is none."""
        cls.drain()
        company = company or cls.company
        return cls.profiles.search(
            [("partner_id", "=", partner.id), ("company_id", "=", company.id)]
        )

    def history_of(self, profile):
        """Return [(kind, from, to, date, evidence, superseded)] in the order of writing."""
        return [
            (
                move.kind,
                move.from_lifecycle,
                move.to_lifecycle,
                str(move.date),
                move.evidence,
                move.superseded,
            )
            for move in profile.transition_ids.sorted("id")
        ]


@tagged("standard", "post_install", "-at_install")
class CarteraCase(CarteraMixin, TransactionCase):
    """Base of every database test; the tags are explicit as pytest imports us as ``tests.*``."""

    test_module = "crm_cartera"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_cartera()


@functools.cache
def make_assets(database):
    """Compile the web client once and for all, as Odoo's own runner does.

    Each class would compile it anew and roll it back at its end, while its browser waits.
    """
    with Registry(database).cursor() as cr:
        api.Environment(cr, SUPERUSER_ID, {})["ir.qweb"]._pregenerate_assets_bundles()


@tagged("standard", "post_install", "-at_install")
class CarteraHttpCase(CarteraMixin, HttpCase):
    """Base of the browser tests."""

    test_module = "crm_cartera"

    @classmethod
    def setUpClass(cls):
        make_assets(get_db_name())
        super().setUpClass()
        cls.set_up_cartera()


def day(text):
    """Return a date; keeps the tables of the tests narrow."""
    return date.fromisoformat(text)
