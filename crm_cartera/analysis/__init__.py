"""Pure arithmetic on pandas tables: facts in, judgements out. Nothing here knows Odoo."""
