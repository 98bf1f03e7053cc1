"""Salespeople and accounts with something of everything on them, to be handed over."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from .common import GROUPS, CarteraCase


class HandoverMixin:
    """Factories of salespeople, accounts and hand-overs."""

    @classmethod
    def set_up_handover(cls):
        names = ("ana", "bea", "carla")
        cls.ana, cls.bea, cls.carla = (cls.make_seller(name) for name in names)
        cls.boss = new_test_user(cls.env, login="ho_jefa", groups=GROUPS["manager"], name="Jefa")
        cls.today = cls.env["cartera.policy"]._for(cls.company)._today()

    @classmethod
    def make_seller(cls, name, **vals):
        return new_test_user(
            cls.env, login=f"ho_{name}", groups=GROUPS["salesperson"], name=name.title(), **vals
        )

    @classmethod
    def make_portfolio(cls, *names, user=None):
        """Return accounts of Ana in the portfolio, or of another user."""
        user = cls.ana if user is None else user
        accounts = cls.env["res.partner"].create(
            [{"name": name, "is_company": True, "user_id": user.id} for name in names]
        )
        profiles = cls.profiles._ensure(accounts)
        cls.drain()
        return profiles

    @classmethod
    def make_activity(cls, record, user, summary="Llamar", **vals):
        return cls.env["mail.activity"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "user_id": user.id,
                "summary": summary,
                "date_deadline": cls.today + timedelta(days=3),
                **vals,
            }
        )

    @classmethod
    def make_meeting(cls, people, user, days=5, **vals):
        """Create a meeting of a user with people, some days from now."""
        start = fields.Datetime.now() + timedelta(days=days)
        return (
            cls.env["calendar.event"]
            .with_context(no_mail_to_attendees=True)
            .create(
                {
                    "name": "Visita",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "user_id": user.id,
                    "partner_ids": [Command.set((people | user.partner_id).ids)],
                    **vals,
                }
            )
        )

    # -- doing --------------------------------------------------------------

    def plan(self, profiles, to, user=None, **vals):
        """Open the dialog about accounts, as a user; return it."""
        self.env.flush_all()
        self.env.invalidate_all()
        action = profiles.with_user(user or self.boss).action_handover()
        dialog = self.env[action["res_model"]].with_user(user or self.boss).browse(action["res_id"])
        dialog.write({"to_user_ids": [Command.set(to.ids)], **vals})
        return dialog

    def hand_over(self, profiles, to, user=None, **vals):
        """Hand accounts over as the dialog does; return the hand-over as the superuser sees it."""
        action = self.plan(profiles, to, user, **vals).action_handover()
        self.env.invalidate_all()
        return self.env["cartera.handover"].browse(action["res_id"])

    def undo(self, handover, user=None):
        handover.with_user(user or self.boss).action_undo()
        self.env.invalidate_all()

    # -- looking --------------------------------------------------------------

    @staticmethod
    def lines_of(handover):
        """Return {(kind, record id): (state, reason)}."""
        return {(line.kind, line.res_id): (line.state, line.reason) for line in handover.line_ids}


class HandoverCase(HandoverMixin, CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_handover()
