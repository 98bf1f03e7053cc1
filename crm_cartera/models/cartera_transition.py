"""The dated history of each account's lifecycle."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from .cartera_stage import LIFECYCLES

EVIDENCE_MODELS = {"invoice": "account.move", "lead": "crm.lead"}


class CarteraTransition(models.Model):
    _name = "cartera.transition"
    _description = "Lifecycle transition"
    _order = "date desc, id desc"
    _rec_name = "profile_id"
    _log_access = True

    profile_id = fields.Many2one(
        comodel_name="cartera.profile",
        string="Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(related="profile_id.partner_id")
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    salesperson_id = fields.Many2one(related="profile_id.user_id", string="Salesperson")
    date = fields.Date(
        required=True, readonly=True, index=True, help="The day the evidence is dated."
    )
    kind = fields.Selection(
        selection=[
            ("forward", "Forward"),
            ("redated", "Evidence changed"),
            ("correction", "Correction"),
        ],
        required=True,
        readonly=True,
    )
    from_lifecycle = fields.Selection(selection=LIFECYCLES, string="From", readonly=True)
    to_lifecycle = fields.Selection(selection=LIFECYCLES, string="To", required=True, readonly=True)
    days = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Days from the lifecycle before to this one; none if the account came in here.",
    )
    evidence = fields.Selection(
        selection=[
            ("invoice", "Invoice"),
            ("lead", "Lead"),
            ("manual", "Set by hand"),
            ("opening", "Opening data"),
            ("added", "Added to the portfolio"),
        ],
        required=True,
        readonly=True,
    )
    evidence_id = fields.Integer(
        string="Evidence ID", readonly=True, aggregator=None, index="btree_not_null"
    )
    evidence_label = fields.Char(
        string="Document", readonly=True, help="Its number or name, kept if it is deleted."
    )
    reason_code = fields.Selection(
        selection=[
            ("deleted", "Document deleted"),
            ("draft", "Document reset to draft"),
            ("cancel", "Document cancelled"),
            ("reversed", "Document wholly reversed"),
            ("archived", "Lead archived"),
            ("other", "Another document counts now"),
            ("hand", "Changed by hand"),
        ],
        string="Why",
        readonly=True,
    )
    reason = fields.Char(readonly=True, help="What the person wrote who set it by hand.")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        readonly=True,
        ondelete="set null",
        help="Who set it by hand, or the salesperson of the document.",
    )
    superseded = fields.Boolean(
        readonly=True,
        help="A later move took its place. Reports count the moves that stand.",
    )

    _profile_date_idx = models.Index("(profile_id, date)")

    @api.depends("to_lifecycle", "date")
    def _compute_display_name(self):
        labels = dict(self._fields["to_lifecycle"]._description_selection(self.env))
        for transition in self:
            transition.display_name = f"{labels.get(transition.to_lifecycle)} {transition.date}"

    def action_open_evidence(self):
        """Open the document if the user may read it, else the facts the portfolio shows of it."""
        self.ensure_one()
        return self.env["cartera.document"]._action_open(
            EVIDENCE_MODELS.get(self.evidence), self.evidence_id, self.evidence_label
        )

    # ------------------------------------------------------------------
    # Written by the engine
    # ------------------------------------------------------------------

    @api.model
    def _append(self, scope, moves):
        """Add the moves of :func:`..analysis.lifecycle.transitions`; mark those they replace."""
        kinds = {
            "kind": "text",
            "from_lifecycle": "text",
            "to_lifecycle": "text",
            "date": "date",
            "days": "int",
            "evidence": "text",
            "evidence_id": "int",
        }
        moves = moves.set_index("partner_id").astype({"days": "Int64"})
        self.env["cartera.engine"]._copy_to_temp("cartera_move", kinds, moves)
        self._supersede(scope)
        self.env.cr.execute(self._get_insert_query(scope))
        self.env.cr.execute("DROP TABLE cartera_move")

    def _supersede(self, scope):
        self.env.cr.execute(
            SQL(
                """UPDATE cartera_transition t SET superseded = TRUE
                     FROM cartera_move c JOIN cartera_profile p
                       ON p.partner_id = c.partner_id AND p.company_id = %s
                    WHERE t.profile_id = p.id AND c.kind <> 'forward'
                      AND t.kind <> 'correction' AND t.superseded IS NOT TRUE
                      AND t.to_lifecycle =
                          CASE c.kind WHEN 'redated' THEN c.to_lifecycle ELSE c.from_lifecycle END""",
                scope.company_id,
            )
        )

    def _get_insert_query(self, scope) -> SQL:
        """Return the INSERT of ``cartera_move``: names the documents while they are there."""
        return SQL(
            """INSERT INTO cartera_transition (
                      profile_id, company_id, kind, from_lifecycle, to_lifecycle, date, days,
                      evidence, evidence_id, evidence_label, reason_code, reason, user_id,
                      superseded, create_uid, write_uid, create_date, write_date)
               SELECT p.id, p.company_id, c.kind, c.from_lifecycle, c.to_lifecycle, c.date, c.days,
                      c.evidence, c.evidence_id, COALESCE(m.name, l.name, old.evidence_label),
                      CASE WHEN c.kind = 'forward' THEN NULL WHEN %(why)s END,
                      CASE WHEN c.evidence IN ('manual', 'opening') OR c.kind = 'correction'
                             OR c.evidence = 'added' THEN p.lifecycle_reason END,
                      CASE c.evidence WHEN 'invoice' THEN m.invoice_user_id WHEN 'lead' THEN l.user_id
                           ELSE p.lifecycle_user_id END,
                      FALSE, %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                 FROM cartera_move c
                 JOIN cartera_profile p ON p.partner_id = c.partner_id AND p.company_id = %(company)s
            LEFT JOIN account_move m ON c.evidence = 'invoice' AND m.id = c.evidence_id
            LEFT JOIN crm_lead l ON c.evidence = 'lead' AND l.id = c.evidence_id
            LEFT JOIN LATERAL (SELECT t.evidence_label FROM cartera_transition t
                                WHERE t.profile_id = p.id AND t.evidence = c.evidence
                                  AND t.evidence_id = c.evidence_id ORDER BY t.id DESC LIMIT 1
                              ) old ON TRUE
                WHERE c.kind <> 'dropped'
             ORDER BY c.date, p.id, CASE c.to_lifecycle WHEN 'prospect' THEN 1 WHEN 'lead' THEN 2
                                    ELSE 3 END""",
            why=self._get_why(),
            uid=SUPERUSER_ID,
            company=scope.company_id,
        )

    def _get_why(self) -> SQL:
        """Return the WHEN branches that say why evidence ``c`` counts no more."""
        return SQL(
            """c.kind = 'redated' THEN 'other'
               WHEN c.evidence NOT IN ('invoice', 'lead') THEN 'hand'
               WHEN COALESCE(m.id, l.id) IS NULL THEN 'deleted'
               WHEN m.state = 'draft' THEN 'draft' WHEN m.state = 'cancel' THEN 'cancel'
               WHEN NOT l.active AND l.won_status = 'pending' THEN 'archived'
               WHEN m.state = 'posted' AND m.commercial_partner_id = c.partner_id THEN 'reversed'
               ELSE 'other'"""
        )
