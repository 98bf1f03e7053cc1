"""Fill a database with accounts and their documents: one row of each kind, multiplied by SQL."""

from odoo import Command

#: Rows for each account, as in docs: a company of 200,000 accounts has a million invoices.
MOVES, MESSAGES = 5, 5
LEADS, ACTIVITIES = 1.5, 2.5
#: A different remainder for each row, in no visible order; nothing is random, so runs compare.
SCATTER = "(n * 7919 %% {modulus})"


class Generator:
    """Adds accounts to one company; made once, called for each size."""

    def __init__(self, env):
        """Make one row of each kind through the ORM, so that Odoo itself fills its columns."""
        self.env, self.cr = env, env.cr
        self.partner = env["res.partner"].create(
            {"name": "Modelo", "is_company": True, "city": "Sevilla", "user_id": 2}
        )
        line = Command.create({"name": "Tornillos", "price_unit": 100, "tax_ids": False})
        self.move = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner.id,
                "invoice_date": "2024-03-01",
                "invoice_line_ids": [line],
            }
        )
        self.move.action_post()
        self.lead = env["crm.lead"].create(
            {"name": "Feria", "type": "opportunity", "partner_id": self.partner.id}
        )
        self.activity = self.partner.activity_schedule(
            "mail.mail_activity_data_call", user_id=env.ref("base.user_admin").id
        )
        self.message = self.partner.message_post(
            body="Hola", message_type="comment", author_id=self.partner.id
        )
        env.flush_all()
        self.accounts = 0
        self.first = self._next_id("res_partner")

    def grow(self, accounts):
        """Add accounts until there are so many, each with its documents."""
        new = accounts - self.accounts
        start = self._multiply(
            self.partner,
            new,
            name=f"'Cuenta ' || n + {self.accounts}",
            complete_name=f"'Cuenta ' || n + {self.accounts}",
            commercial_partner_id="id",
        )
        owner = f"{start} + {SCATTER.format(modulus=new)}"
        self._multiply(
            self.move,
            new * MOVES,
            name=f"'B/' || n + {self.accounts * MOVES}",
            partner_id=owner,
            commercial_partner_id=owner,
            partner_shipping_id=owner,
            invoice_date=f"CURRENT_DATE - {SCATTER.format(modulus=1200)}::int",
        )
        self._multiply(
            self.lead,
            int(new * LEADS),
            partner_id=owner,
            create_date=f"now() - interval '1 day' * {SCATTER.format(modulus=1100)}",
        )
        self._multiply(
            self.activity,
            int(new * ACTIVITIES),
            res_id=owner,
            date_deadline=f"CURRENT_DATE + 30 - {SCATTER.format(modulus=200)}::int",
            active="n %% 2 = 0",
            date_done="CASE WHEN n %% 2 = 1 THEN CURRENT_DATE - (n %% 90)::int END",
        )
        self._multiply(
            self.message,
            new * MESSAGES,
            res_id=owner,
            author_id=owner,
            message_id="NULL",
            date=f"now() - interval '1 day' * {SCATTER.format(modulus=700)}",
        )
        self.accounts = accounts
        self.cr.commit()
        self.cr.execute("ANALYZE")
        self.cr.commit()

    def account(self, number):
        """Return the id of one of the accounts made."""
        return self.first + number

    def _next_id(self, table):
        self.cr.execute(f'SELECT COALESCE(MAX(id), 0) + 1 FROM "{table}"')
        return self.cr.fetchone()[0]

    def _multiply(self, record, count, **changes):
        """Copy a row ``count`` times; ``changes``: {column: SQL of ``n``}. Returns the first id."""
        table, start = record._table, self._next_id(record._table)
        changes = {name: "id" if sql == "id" else sql for name, sql in changes.items()}
        self.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER'",
            (table,),
        )
        names = [name for (name,) in self.cr.fetchall()]
        identity = f"{start} - 1 + n"
        values = [
            identity if changes.get(name) == "id" else changes.get(name, f't."{name}"')
            for name in names
        ]
        columns = ", ".join(f'"{name}"' for name in names)
        self.cr.execute(
            f'INSERT INTO "{table}" (id, {columns})'
            f' SELECT {identity}, {", ".join(values)} FROM "{table}" t,'
            f" generate_series(1, {count}) n WHERE t.id = %s",
            (record.id,),
        )
        self.cr.execute(f"SELECT setval('{table}_id_seq', {start + count})")
        return start
