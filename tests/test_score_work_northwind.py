"""The work measures on a real order book: each customer asked before its first order, and was called."""

from datetime import timedelta

from odoo.addons.crm_cartera.analysis.period import Period

from .common import day
from .northwind_case import NorthwindCase
from .oracle_facts import Ledger
from .score_work_check import WorkCheckMixin

PERIODS = ("1996-Q3", "1997", "1998-05", "1998-Q2")


class TestScoreWorkNorthwind(WorkCheckMixin, NorthwindCase):
    def test_periods(self):
        partners = self.take_in("cartera.profile", "Account")
        self.invoice_all(partners)
        self.work(partners)
        self.drain()
        self.profiles.refresh(self.company)
        for key in PERIODS:
            self.profiles.refresh(self.company, as_of=Period.parse(key).end)
        self.env.invalidate_all()
        differences = []
        ledger = Ledger(self.env, self.company)
        for key in PERIODS:
            differences += self.compare(self.company, ledger, Period.parse(key))
        self.assertFalse(differences, "\n".join(differences))
        self.assertGreaterEqual(
            self.told,
            {
                "contact_coverage_ab",
                "lead_response_days",
                "prospect_lead_rate",
                "prospect_lead_days",
                "lead_client_rate",
                "lead_client_days",
                "win_rate",
                "active_salespeople",
                "interactions_per_salesperson",
                "portfolio_contacts",
            },
        )

    def work(self, partners):
        """All were prospects when the shop opened; who ordered had asked some days before."""
        self.sellers = self.users["salesperson"] | self.users["manager"]
        for number, partner in enumerate(partners.values()):
            partner.user_id = self.sellers[number % 2]
        leads = {}
        for number, (ref, first) in enumerate(sorted(self.first.items())):
            asked = day(first) - timedelta(days=number % 40)
            lead = self.make_lead(
                partners[ref],
                str(asked),
                user_id=self.sellers[number % 2].id,
                company_id=self.company.id,
            )
            leads[lead] = (asked, day(first), number)
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                    "res_id": lead.id,
                    "user_id": lead.user_id.id,
                    "date_deadline": asked,
                    "active": False,
                    "date_done": asked + timedelta(days=number % 5),
                }
                for lead, (asked, _first, number) in leads.items()
                if number % 3
            ]
        )
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        for lead, (_asked, _first, number) in leads.items():
            if number % 4:
                lead.stage_id = won
            else:
                lead.action_set_lost()
        self.env.flush_all()
        self.env.cr.execute_values(
            "UPDATE crm_lead l SET date_closed = v.day::timestamp FROM (VALUES %s) v (id, day)"
            " WHERE l.id = v.id",
            [(lead.id, f"{first} 12:00:00") for lead, (_asked, first, _number) in leads.items()],
        )
        ids = [partner.id for partner in partners.values()]
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '1996-06-01' WHERE id = ANY(%s)", [ids]
        )
        self.env.cr.execute(
            "UPDATE cartera_profile SET prospect_date = '1996-06-01' WHERE partner_id = ANY(%s)",
            [ids],
        )
        self.env.invalidate_all()
