"""What the timeline says of each row: its title, what may be told of it, and what a click opens."""

from odoo import api, models


class CarteraTimeline(models.AbstractModel):
    """Each ``_word_<source>`` returns {row id: {title, text, target, …}} of rows of that source.

    They read the sources of all their rows at once with the user's own rights.
    """

    _inherit = "cartera.timeline"

    @api.model
    def _get_kinds(self) -> dict[str, tuple[str, str]]:
        """Return {kind: (label, icon)}; other addons add theirs."""
        return {
            "invoice": (self.env._("Invoices"), "fa-file-text-o"),
            "refund": (self.env._("Credit notes"), "fa-undo"),
            "payment": (self.env._("Payments"), "fa-money"),
            "lead": (self.env._("Leads and opportunities"), "fa-star-o"),
            "activity": (self.env._("Activities"), "fa-check"),
            "meeting": (self.env._("Meetings"), "fa-calendar"),
            "message": (self.env._("Messages"), "fa-envelope-o"),
            "lifecycle": (self.env._("Lifecycle"), "fa-flag-o"),
            "segment": (self.env._("Segments"), "fa-tags"),
            "retention": (self.env._("Retention"), "fa-heartbeat"),
        }

    @api.model
    def _prepare_entries(self, page, rows) -> list[dict]:
        """Return the entries of :meth:`get_timeline`, in the order of the rows."""
        words = {}
        for source in sorted({row["source"] for row in rows}):
            own = [row for row in rows if row["source"] == source]
            told = getattr(self, f"_word_{source}")(page, own)
            words.update({(source, key): value for key, value in told.items()})
        people = self._get_people(rows)
        company = self.env["res.company"].sudo().browse(page.scope.company_id)
        return [
            {
                **self._prepare_entry(page, row),
                "currency_id": company.currency_id.id,
                "person": people.get(row["user_id"], False),
                **words[row["source"], row["id"]],
            }
            for row in rows
        ]

    @api.model
    def _prepare_entry(self, page, row) -> dict:
        local = page.local(row["at"])
        return {
            "key": f"{row['source']}-{row['id']}",
            "kind": row["kind"],
            "date": local.date().isoformat(),
            "time": row["timed"] and local.strftime("%H:%M"),
            "future": local.date() > page.scope.as_of,
            "amount": None if row["amount"] is None else float(row["amount"]),
        }

    @api.model
    def _get_people(self, rows) -> dict[int, str]:
        """Return {user: name}."""
        ids = {row["user_id"] for row in rows if row["user_id"]}
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return {user.id: user.name for user in users.browse(ids).exists()}

    @api.model
    def _get_readable(self, model, ids):
        """Return those of the records that the user may read, archived ones too."""
        records = self.env[model].sudo(False).with_context(active_test=False)
        return records.browse(set(ids)).exists()._filtered_access("read")

    @staticmethod
    def _target(record, may_open=True):
        """Return what a click opens: {model, id}, or False."""
        return bool(record and may_open) and {"model": record._name, "id": record.id}

    # ------------------------------------------------------------------
    # Accounting: number, date and amount are for everybody who may see the account
    # ------------------------------------------------------------------

    @api.model
    def _word_document(self, _page, rows) -> dict:
        readable = self._get_readable("account.move", [row["res_id"] for row in rows])
        titles = {
            "out_invoice": self.env._("Invoice %s"),
            "out_refund": self.env._("Credit note %s"),
            "out_receipt": self.env._("Receipt %s"),
        }
        return {
            row["id"]: {
                "title": titles[row["detail"]] % row["label"],
                "text": False,
                "target": {
                    "model": "account.move"
                    if row["res_id"] in readable._ids
                    else "cartera.document",
                    "id": row["res_id"],
                },
            }
            for row in rows
        }

    @api.model
    def _word_payment(self, _page, rows) -> dict:
        moves = self._get_readable("account.move", [row["res_id"] for row in rows])
        readable = {move.id: move for move in moves}
        return {
            row["id"]: {
                "title": self.env._("Payment %s", row["label"])
                if row["amount"] >= 0
                else self.env._("Repayment %s", row["label"]),
                "text": False,
                "target": self._target(readable.get(row["res_id"])),
            }
            for row in rows
        }

    # ------------------------------------------------------------------
    # Leads
    # ------------------------------------------------------------------

    @api.model
    def _word_lead(self, _page, rows) -> dict:
        titles = {
            "created": self.env._("Opportunity created"),
            "won": self.env._("Opportunity won"),
            "lost": self.env._("Opportunity lost"),
        }
        leads = {
            lead.id: lead
            for lead in self._get_readable("crm.lead", [row["res_id"] for row in rows])
        }
        return {
            row["id"]: {
                "title": titles[row["detail"]],
                "text": self._describe_lead(leads.get(row["res_id"]), row["detail"]),
                "target": self._target(leads.get(row["res_id"])),
            }
            for row in rows
        }

    @api.model
    def _word_lead_closed(self, page, rows) -> dict:
        return self._word_lead(page, rows)

    @api.model
    def _describe_lead(self, lead, event):
        """Return its name, and why it was lost; False if the user may not read it."""
        if not lead:
            return False
        reason = event == "lost" and lead.lost_reason_id.sudo().name
        return f"{lead.name} · {reason}" if reason else lead.name

    @api.model
    def _word_lead_stage(self, _page, rows) -> dict:
        leads = {
            lead.id: lead
            for lead in self._get_readable("crm.lead", [row["res_id"] for row in rows])
        }
        stages = self.env["crm.stage"].sudo()
        ids = {row[end] for row in rows for end in ("old_id", "new_id") if row[end]}
        names = {stage.id: stage.name for stage in stages.browse(ids).exists()}
        words = {}
        for row in rows:
            lead = leads.get(row["res_id"])
            title = self.env._("Opportunity moved to another stage")
            if lead:
                old = names.get(row["old_id"], row["detail"])
                new = names.get(row["new_id"], row["label"])
                title = self.env._("Opportunity: from %(old)s to %(new)s", old=old, new=new)
            words[row["id"]] = {
                "title": title,
                "text": self._describe_lead(lead, "stage"),
                "target": self._target(lead),
            }
        return words
