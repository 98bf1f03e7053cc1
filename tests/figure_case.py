"""One account with a document of every kind around the borders of its windows."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.service.model import call_kw

from .common import CarteraCase


class FigureMixin:
    @classmethod
    def set_up_figures(cls):
        cls.users = cls.make_users("salesperson", "manager", "internal")
        cls.policy = cls.env["cartera.policy"]._for(cls.company)
        cls.today = cls.policy._today()
        cls.window_start = cls.today - relativedelta(months=12)
        cls.previous_start = cls.today - relativedelta(months=24)
        cls.tools = cls.env["product.category"].create({"name": "Herramienta"})
        cls.paint = cls.env["product.category"].create({"name": "Pintura"})
        cls.product.categ_id = cls.tools
        cls.account = cls.make_account(user_id=cls.users["salesperson"].id)
        cls.make_documents()
        cls.make_sales_work()
        cls.drain()
        cls.profile = cls.profile_of(cls.account)
        cls.profile.write({"potential": 4000})
        cls.profiles.refresh(cls.company)
        cls.env.invalidate_all()

    @classmethod
    def days_ago(cls, days):
        return cls.today - timedelta(days=days)

    @classmethod
    def make_documents(cls):
        account, first = cls.account, timedelta(days=1)
        cls.make_invoice(account, cls.previous_start, 10)  # before both windows
        cls.make_invoice(account, cls.previous_start + first, 20)
        cls.make_invoice(account, cls.window_start, 40)
        cls.make_invoice(account, cls.window_start + first, 80)
        cls.in_part = cls.make_invoice(account, cls.days_ago(60), 160)
        cls.reverse(cls.in_part, cls.days_ago(50), amount=30)
        cls.whole = cls.make_invoice(account, cls.days_ago(40), 320)
        cls.reverse(cls.whole, cls.days_ago(30))
        cls.last = cls.make_paints(cls.days_ago(20))
        cls.make_invoice(account, cls.today + timedelta(days=3), 5000)
        cls.make_invoice(account, cls.days_ago(5), 7000, post=False)
        cls.make_invoice(cls.make_account("Otra"), cls.days_ago(5), 9000)
        cls.pay(cls.last, cls.days_ago(10))
        # Money that no invoice claims.
        cls.env["account.payment"].create(
            {"partner_id": account.id, "amount": 15, "date": cls.days_ago(2)}
        ).action_post()

    @classmethod
    def make_paints(cls, day):
        """Post an invoice of two categories, a line without a product among them."""
        paint = cls.env["product.product"].create(
            {"name": "Esmalte", "categ_id": cls.paint.id, "taxes_id": False}
        )
        lines = [
            {"product_id": paint.id, "quantity": 3, "price_unit": 200, "tax_ids": False},
            {"product_id": cls.product.id, "price_unit": 25, "tax_ids": False},
            {"name": "Portes", "price_unit": 15, "tax_ids": False},
        ]
        return cls.make_invoice(
            cls.account, day, invoice_line_ids=[Command.create(line) for line in lines]
        )

    @classmethod
    def pay(cls, move, day, **vals):
        context = {"active_model": "account.move", "active_ids": move.ids}
        register = cls.env["account.payment.register"].with_context(**context)
        register.create({"payment_date": day, **vals})._create_payments()

    @classmethod
    def make_sales_work(cls):
        """Give the account leads of each kind and an interaction of each kind."""
        seller = {"user_id": cls.users["salesperson"].id}
        lead = cls.make_lead(cls.account, expected_revenue=1000, probability=30, **seller)
        cls.make_lead(cls.account, expected_revenue=500, probability=50, **seller)
        cls.make_lead(cls.account, expected_revenue=900, **seller).action_set_lost()
        person = cls.env["res.partner"].create({"name": "Ana", "parent_id": cls.account.id})
        for record in (cls.account, lead):
            record.activity_schedule(
                "mail.mail_activity_data_call", summary="Llamada", **seller
            )._action_done()
        cls.env["calendar.event"].create(
            {
                "name": "Visita",
                "start": fields.Datetime.now() - timedelta(days=100),
                "stop": fields.Datetime.now() - timedelta(days=100) + timedelta(hours=1),
                "partner_ids": [Command.set(person.ids)],
                **seller,
            }
        )
        lead.message_post(
            body="Gracias",
            author_id=person.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )

    # -- calling as somebody ------------------------------------------------

    def rpc(self, role, model, method, *args, **kwargs):
        """Call a method as the web client does, with the rights of a role."""
        self.env.flush_all()
        self.env.invalidate_all()
        user = self.users[role]
        env = self.env(user=user.id, su=False)
        return call_kw(env[model], method, list(args), {**kwargs, "context": {"lang": user.lang}})

    def opened(self, name, role="salesperson"):
        """Return the records that a click on a figure shows."""
        action = self.rpc(role, "cartera.profile", "action_open_figure", self.profile.ids, name)
        context = action["context"] if isinstance(action["context"], dict) else {}
        env = self.env(user=self.users[role].id, su=False, context={**context, "lang": "en_US"})
        return env[action["res_model"]].search(action["domain"])


class FigureCase(FigureMixin, CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_figures()
