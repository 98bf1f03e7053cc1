"""An account with something of everything on it."""

from datetime import timedelta

from odoo import Command

from .common import CarteraCase
from .oracle_timeline import ZONE, TimelineOracle


class TimelineCase(TimelineOracle, CarteraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "all_accounts", "manager", "internal", "portal")
        cls.seller = cls.users["salesperson"]
        cls.policy = cls.env["cartera.policy"]._for(cls.company)
        cls.policy.tz = ZONE.key
        cls.today = cls.policy._today()
        cls.account = cls.make_account(user_id=cls.seller.id)
        cls.ana = cls.env["res.partner"].create(
            {"name": "Ana", "parent_id": cls.account.id, "email": "ana@gomez.example"}
        )
        cls.make_documents()
        cls.make_leads()
        cls.make_talks()
        cls.profile = cls.profile_of(cls.account)
        cls.make_histories()

    @classmethod
    def make_documents(cls):
        invoices = [
            cls.make_invoice(cls.account, f"2026-0{month}-10", 100.0 * month) for month in (1, 2, 3)
        ]
        cls.reverse(invoices[1], "2026-02-20")
        cls.make_invoice(cls.ana, "2026-03-10", 33.0)
        cls.make_invoice(cls.account, "2026-03-11", post=False)
        cls.pay(invoices[0], "2026-02-01")

    @classmethod
    def pay(cls, invoice, when):
        """Book what the bank received for an invoice, without asking how the bank is set up."""
        bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", invoice.company_id.id)], limit=1
        )
        due = invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")
        lines = [
            {
                "account_id": due.account_id.id,
                "credit": due.balance,
                "partner_id": due.partner_id.id,
            },
            {"account_id": bank.default_account_id.id, "debit": due.balance},
        ]
        entry = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": bank.id,
                "date": when,
                "line_ids": [Command.create({"name": "Cobro", **line}) for line in lines],
            }
        )
        entry.action_post()
        (entry.line_ids.filtered("credit") | due).reconcile()
        return entry

    @classmethod
    def make_leads(cls):
        stages = cls.env["crm.stage"].search([])
        leads = cls.env["crm.lead"].with_context(tracking_disable=False)
        cls.won, cls.lost, cls.foreign = leads.create(
            [
                {"name": "Ganada", "partner_id": cls.account.id, "user_id": cls.seller.id},
                {"name": "Perdida", "partner_id": cls.ana.id, "user_id": cls.seller.id},
                {"name": "De otra", "partner_id": cls.ana.id, "user_id": cls.users["manager"].id},
            ]
        )
        cls.track()
        (cls.won | cls.foreign).write({"stage_id": stages[1].id})
        cls.track()
        cls.won.action_set_won()
        cls.lost.action_set_lost()
        cls.track()

    @classmethod
    def track(cls):
        """Let Odoo note what changed, as it does at the end of a request."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    @classmethod
    def make_talks(cls):
        seller, manager = cls.seller, cls.users["manager"]
        for record, when, user in (
            (cls.ana, "2026-03-10", seller),
            (cls.won, "2026-04-02", seller),
            (cls.foreign, "2026-04-03", manager),
        ):
            activity = cls.env["mail.activity"].create(
                {
                    "res_model_id": cls.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "activity_type_id": cls.env.ref("mail.mail_activity_data_call").id,
                    "summary": f"Llamar {record.name}",
                    "user_id": user.id,
                }
            )
            activity.action_done()
            activity.date_done = when
        cls.plan(cls.ana, cls.today + timedelta(days=3))
        cls.plan(cls.foreign, "2026-03-10")
        cls.plan(cls.won, "2026-03-10")  # won: there is nothing to do any more
        cls.private = cls.make_meeting("2026-05-05 22:30:00", name="Secreta", privacy="private")
        cls.make_meeting("2026-05-05 22:30:00", name="Visita")
        cls.make_meeting(f"{cls.today + timedelta(days=5)} 08:00:00", name="Futura")
        cls.make_meeting(
            None, name="Feria", allday=True, start_date="2026-06-01", stop_date="2026-06-01"
        )
        cls.make_message(cls.ana, cls.env["res.partner"], "2026-05-06 09:00:00", "Pregunta")
        cls.make_message(cls.seller.partner_id, cls.ana, "2026-05-06 10:00:00", "Respuesta")
        cls.make_message(cls.ana, cls.account, "2026-10-25 00:30:00", "Cambio de hora")
        cls.make_message(cls.ana, cls.ana, "2026-10-25 01:10:00", "Más tarde")

    @classmethod
    def plan(cls, record, when):
        return cls.env["mail.activity"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "activity_type_id": cls.env.ref("mail.mail_activity_data_call").id,
                "date_deadline": when,
                "summary": f"Pendiente {record.name}",
                "user_id": cls.users["manager"].id,
            }
        )

    @classmethod
    def make_meeting(cls, start, **vals):
        times = {"start": start, "stop": start} if start else {}
        return cls.env["calendar.event"].create(
            {
                "user_id": cls.users["manager"].id,
                "partner_ids": [Command.set((cls.ana | cls.users["manager"].partner_id).ids)],
                **times,
                **vals,
            }
        )

    @classmethod
    def make_message(cls, author, recipients, when, subject, kind="email"):
        message = cls.env["mail.message"].create(
            {
                "author_id": author.id,
                "date": when,
                "message_type": kind,
                "model": "res.partner",
                "res_id": cls.account.id,
                "subject": subject,
            }
        )
        cls.env["mail.notification"].create(
            [{"mail_message_id": message.id, "res_partner_id": person.id} for person in recipients]
        )
        return message

    @classmethod
    def make_histories(cls):
        cls.segment, cls.secret = cls.env["cartera.segment"].create(
            [
                {"name": name, "dimension_id": dimension.id}
                for name, dimension in zip(
                    ("Zona norte", "Margen alto"),
                    cls.env["cartera.dimension"].create(
                        [{"name": "Zona", "code": "t_zone"}, {"name": "Margen", "code": "t_margin"}]
                    ),
                    strict=True,
                )
            ]
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE cartera_dimension SET reads_margin = TRUE WHERE id = %s",
            (cls.secret.dimension_id.id,),
        )
        cls.env.invalidate_all()
        cls.env["cartera.segment.move"].create(
            [
                {
                    "profile_id": cls.profile.id,
                    "company_id": cls.company.id,
                    "dimension_id": segment.dimension_id.id,
                    "segment_id": segment.id,
                    "date": "2026-04-02",
                    "kind": "account",
                }
                for segment in (cls.segment, cls.secret)
            ]
        )
        cls.env["cartera.retention.change"].create(
            {
                "profile_id": cls.profile.id,
                "company_id": cls.company.id,
                "date": "2026-04-02",
                "from_status": "active",
                "to_status": "at_risk",
                "direction": "worse",
            }
        )

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    def ask(self, user=None, profile=None, **options):
        # What one user has read another must not find in memory: each request begins without.
        self.env.invalidate_all()
        env = self.env(user=(user or self.users["manager"]).id, su=False, context={"lang": "en_US"})
        return env["cartera.timeline"].get_timeline((profile or self.profile).id, **options)

    def ask_all(self, limit, **options):
        """Return the entries of all pages."""
        entries, following = [], None
        while following is not False:
            answer = self.ask(limit=limit, before=following, **options)
            self.assertLessEqual(len(answer["entries"]), limit)
            entries, following = entries + answer["entries"], answer["next"]
        return entries

    @staticmethod
    def facts_of(entries):
        return [
            (entry["key"], entry["kind"], entry["date"], entry["time"], entry["amount"])
            for entry in entries
        ]
