"""A dimension by urgency with a plan of two activities, and accounts that stand in it."""

from unittest.mock import patch

from odoo import Command

from .common import CarteraCase

#: The urgency that makes an account late, and soon; with any other it is in no segment.
LATE, SOON, FREE = "3", "2", "0"


class TreatmentMixin:
    """Factories of segments, plans and members."""

    @classmethod
    def set_up_treatment(cls):
        cls.env["cartera.dimension"].search([]).active = False
        cls.dimension = cls.env["cartera.dimension"].create(
            {
                "name": "Prisa",
                "code": "prisa",
                "segment_ids": [
                    Command.create({"name": name, "domain": f"[('urgency', '=', '{urgency}')]"})
                    for name, urgency in (("Ahora", LATE), ("Pronto", SOON))
                ],
            }
        )
        cls.late, cls.soon = cls.dimension.segment_ids
        cls.boss = cls.env.ref("base.user_admin")
        cls.plan = cls.make_plan("Recuperar")
        cls.late.plan_id = cls.plan
        # What moves from now on moves because the account changed.
        cls.env["cartera.dimension"]._sort(cls.company)

    @classmethod
    def make_plan(cls, name="Recuperar", **vals):
        """Create a plan: the salesperson calls at once, the boss visits a week later."""
        return cls.env["mail.activity.plan"].create(
            {
                "name": name,
                "res_model": "res.partner",
                "company_id": False,
                "template_ids": [
                    Command.create(
                        {
                            "summary": "Llamar",
                            "activity_type_id": cls.env.ref("mail.mail_activity_data_call").id,
                            "responsible_type": "on_demand",
                        }
                    ),
                    Command.create(
                        {
                            "summary": "Visitar",
                            "activity_type_id": cls.env.ref("mail.mail_activity_data_meeting").id,
                            "responsible_type": "other",
                            "responsible_id": cls.boss.id,
                            "delay_count": 1,
                            "delay_unit": "weeks",
                            "delay_from": "after_plan_date",
                        }
                    ),
                ],
                **vals,
            }
        )

    @classmethod
    def make_members(cls, *names, urgency=LATE, user=None, **vals):
        """Create accounts that stand in the segment of an urgency."""
        profiles = cls.profiles.create(
            [
                {"name": name, "urgency": urgency, "user_id": user.id if user else False, **vals}
                for name in names
            ]
        )
        cls.sort(profiles)
        return profiles

    @classmethod
    def move(cls, profiles, urgency):
        """Let accounts go to the segment of an urgency, or to none."""
        profiles.write({"urgency": urgency})
        cls.sort(profiles)

    @classmethod
    def sort(cls, profiles):
        cls.drain()
        cls.env.invalidate_all()

    # -- looking ----------------------------------------------------------

    @classmethod
    def treat(cls):
        """Do what the background job does."""
        cls.env.flush_all()
        with patch.object(type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 1):
            cls.env["cartera.treatment"]._cron_treat()
        cls.env.invalidate_all()

    @classmethod
    def activities_of(cls, profile):
        """Return {summary: login of who does it} of an account's open activities."""
        activities = cls.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", profile.partner_id.id)]
        )
        return {activity.summary: activity.user_id.login for activity in activities}

    @classmethod
    def lines_of(cls, profile):
        """Return [(segment, state, reason)] of what treatments did with an account."""
        return [
            (line.segment_id.name, line.state, line.reason)
            for line in profile.sudo().treatment_line_ids.sorted("id")
        ]

    def dialog(self, records, user=None):
        """Open the dialog from segments or accounts, as a user."""
        self.env.flush_all()
        self.env.invalidate_all()
        records = records.with_user(user or self.manager)
        action = records.action_apply_treatment()
        return records.env[action["res_model"]].browse(action["res_id"])

    def apply(self, records, user=None):
        """Apply the treatment of segments, or the treatments of accounts; return what was made."""
        last = self.env["cartera.treatment"].search([], limit=1).id or 0
        dialog = self.dialog(records, user)
        dialog.line_ids.selected = True
        dialog.action_apply()
        self.env.invalidate_all()
        return self.env["cartera.treatment"].search([("id", ">", last)])


class TreatmentCase(TreatmentMixin, CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.make_users("salesperson", "manager")
        cls.seller, cls.manager = users["salesperson"], users["manager"]
        cls.set_up_treatment()
