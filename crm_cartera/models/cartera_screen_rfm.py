"""RFM grid: how many accounts stand where on recency and frequency, and what they buy."""

from odoo import api, models
from odoo.fields import Domain


class CarteraScreen(models.AbstractModel):
    _inherit = "cartera.screen"

    @api.model
    @api.readonly
    def get_rfm_grid(self, user_id=None) -> dict:
        """Return the cells of the 5 x 5 grid that have accounts.

        ``cells``: {recency, frequency (scores 1..5), accounts, monetary (average score 1..5), revenue
        (of the window, summed)}.
        """
        groups = self._get_profiles()._read_group(
            self._get_population(user_id) & Domain("rfm_recency", "!=", False),
            ["rfm_recency", "rfm_frequency"],
            ["__count", "rfm_monetary:avg", "revenue_12m:sum"],
        )
        return {
            **self._prepare_screen(),
            "cells": [
                {
                    "recency": recency,
                    "frequency": frequency,
                    "accounts": accounts,
                    "monetary": monetary,
                    "revenue": revenue or 0.0,
                }
                for recency, frequency, accounts, monetary, revenue in groups
            ],
        }

    @api.model
    @api.readonly
    def open_rfm_cell(self, recency, frequency, user_id=None) -> dict:
        """Open the accounts with two scores."""
        recency, frequency = int(recency), int(frequency)
        domain = self._get_population(user_id)
        domain &= Domain("rfm_recency", "=", recency) & Domain("rfm_frequency", "=", frequency)
        name = self.env._(
            "RFM: recency %(recency)s, frequency %(frequency)s",
            recency=recency,
            frequency=frequency,
        )
        return self._open_accounts(name, domain)
