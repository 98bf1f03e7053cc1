"""The customer sheet: who the account is, how we judge it and its figures."""

from odoo import api, models

from .cartera_profile_figure import OPENERS

#: Figures on the sheet, in their order, each with the one below it and how both are written.
FIGURES = (
    ("revenue_12m", "money", "trend", "change"),
    ("margin_12m", "money", "margin_rate", "share"),
    ("last_purchase_date", "date", "recency_days", "days"),
    ("expected_purchase_date", "date", "rhythm_days", "days"),
    ("receivable", "money", "overdue", "money"),
    ("pipeline", "money", "open_opportunity_count", "count"),
    ("potential", "money", "share_of_wallet", "share"),
    ("affinity_score", "count", "interaction_count_12m", "count"),
)
#: Judgements, each with the field that says why.
JUDGED = (
    ("retention_status", "retention_reason"),
    ("abc_revenue", "abc_reason"),
    ("rfm_score", "rfm_reason"),
    ("abc_margin", "margin_reason"),
)
#: How to reach the account.
REACHED = ("phone", "email", "website", "vat", "ref", "city")


class CarteraScreenSheet(models.AbstractModel):
    _inherit = "cartera.screen.sheet"

    @api.model
    def _get_sheet_block_header(self, profile) -> dict:
        """Return who it is and how it is judged.

        ``lifecycle``: {value, text, since}; ``stage``: its name; ``active``; ``user``: its salesperson {id,
        name}, False without; ``judged``: [{name, label, value, text, reason}], those with a value;
        ``segments``: [{id, name, color, dimension, key}], key segments first; ``treatments``: [{segment,
        text}]; ``reached``: {phone, email, website, vat, ref, city, country} as far as known, of a contact
        that the user may read; ``priority`` (0..100), ``suggested`` {value, text}, ``priority_reason``
        and ``completeness`` (0..1): False or None without.
        """
        labels = self._get_labels(profile, [name for name, _reason in JUDGED])
        return {
            "lifecycle": {
                "value": profile.lifecycle,
                "text": self._word_choice(profile, "lifecycle"),
                "since": profile.lifecycle_date,
            },
            "stage": profile.stage_id.name,
            "active": profile.active,
            "user": self._prepare_user(profile.user_id),
            "judged": self._prepare_judged(profile, labels),
            "reached": self._prepare_reached(profile.partner_id),
            **self._prepare_segments(profile),
            **self._prepare_priority(profile),
        }

    @api.model
    def _prepare_segments(self, profile) -> dict:
        # Those that the company works on first stand first.
        segments = profile.segment_ids.sorted("is_key", reverse=True)
        return {
            "segments": [
                {
                    "id": segment.id,
                    "name": segment.name,
                    "color": segment.color,
                    "dimension": segment.dimension_id.name,
                    "key": segment.is_key,
                }
                for segment in segments
            ],
            "treatments": [
                {"segment": segment.name, "text": segment.treatment}
                for segment in segments
                if segment.treatment
            ],
        }

    @api.model
    def _prepare_priority(self, profile) -> dict:
        action = profile.suggested_action
        return {
            "priority": profile.priority,
            "priority_reason": profile.priority_reason or None,
            "suggested": action
            and {"value": action, "text": self._word_choice(profile, "suggested_action")},
            "completeness": profile.completeness,
        }

    @api.model
    def _prepare_judged(self, profile, labels) -> list[dict]:
        return [
            {
                "name": name,
                "label": labels[name],
                "value": profile[name],
                "text": self._word_choice(profile, name),
                "reason": profile[reason] or False,
            }
            for name, reason in JUDGED
            if self._may_see(profile, name) and profile[name]
        ]

    @api.model
    def _prepare_reached(self, partner) -> dict:
        if not partner.has_access("read"):
            return {}
        found = {name: partner[name] for name in REACHED if partner[name]}
        if partner.country_id:
            found["country"] = partner.country_id.name
        return found

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    @api.model
    def _get_sheet_block_figures(self, profile) -> dict:
        """Return the figures of the account: ``figures`` [{name, label, kind, value, opens, help, below}].

        ``kind``: money, date, days, count, share (0..1) or change (a share with its sign); ``opens``:
        ``action_open_figure`` shows what is behind it; ``below``: a second figure of the same make, or
        None. A figure that the user may not read is left out.
        """
        names = [name for figure in FIGURES for name in figure[::2]]
        labels = self._get_labels(profile, names)
        figures = []
        for name, kind, below, below_kind in FIGURES:
            if not self._may_see(profile, name):
                continue
            figure = self._prepare_figure(profile, labels, name, kind)
            figure["below"] = self._prepare_figure(profile, labels, below, below_kind)
            figures.append(figure)
        return {"figures": figures}

    @api.model
    def _prepare_figure(self, profile, labels, name, kind) -> dict:
        value = profile[name]
        field = profile._fields[name]
        # Zero is a figure; only what is blank in the views is none.
        missing = value is False or value is None or (name == "potential" and not value)
        return {
            "name": name,
            "label": labels[name],
            "kind": kind,
            "value": None if missing else value,
            "opens": name in OPENERS and not missing,
            "help": field._description_help(self.env) or "",
        }

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    @api.model
    def _may_see(self, profile, name) -> bool:
        return profile._has_field_access(profile._fields[name], "read")

    @api.model
    def _get_labels(self, profile, names) -> dict[str, str]:
        """Return {field: label} as the views write them, with the length of the period.

        A field that the user may not read has none.
        """
        found = profile.fields_get(list(names), ["string"])
        return {name: field["string"] for name, field in found.items()}

    @api.model
    def _word_choice(self, record, name) -> str:
        field, value = record._fields[name], record[name]
        if field.type != "selection":
            return value or ""
        return dict(field._description_selection(record.env)).get(value, "")

    @api.model
    def _prepare_user(self, user) -> dict | bool:
        """Return {id, name}: of whom one sees as salesperson or author, one sees the name."""
        return {"id": user.id, "name": user.sudo().name} if user else False
