"""Set-up of a working Odoo 19 for crm_cartera; only the standard library is used here."""
