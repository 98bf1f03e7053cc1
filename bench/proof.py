"""Check that what SQL has written is what Odoo would have written."""

#: Records opened of each model, evenly over its ids, and the fields that are computed again.
SAMPLE = 25
MODELS = {
    "res.partner": "account",
    "product.product": "product",
    "account.move": "move",
    "account.move.line": "line",
    "crm.lead": "lead",
    "mail.activity": "activity",
    "calendar.event": "meeting",
    "mail.message": "message",
    "mail.notification": "notification",
}
#: Fields that depend on when they are computed.
FREE = {"crm.lead": {"automated_probability", "day_open", "day_close"}}


def check_keys(loader, tables):
    """Raise if a row refers to one that does not exist: no foreign key was checked on the way."""
    loader.execute(
        """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname
             FROM pg_constraint c
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
            WHERE c.contype = 'f' AND c.conrelid = ANY(%(tables)s::regclass[])""",
        tables=tables,
    )
    for table, column, other, key in loader.cr.fetchall():
        lost = loader.number(
            f'SELECT COUNT(*) FROM {table} t WHERE t."{column}" IS NOT NULL'
            f' AND NOT EXISTS (SELECT FROM {other} o WHERE o."{key}" = t."{column}")'
        )
        if lost:
            raise AssertionError(f"{lost} rows of {table} have a {column} that does not exist")


def check_records(env, values):
    """Open records as a screen does, and let Odoo compute their stored fields again."""
    for name, what in MODELS.items():
        model = env[name].with_context(active_test=False)
        ids = model.search([("id", ">=", values[f"first_{what}"])], order="id").ids
        records = model.browse(ids[:: max(len(ids) // SAMPLE, 1)] + ids[-SAMPLE:])
        records.read()
        _check_computed(records)
    bills = env["account.move"].search(
        [("id", ">=", values["first_move"]), ("move_type", "!=", "entry")], limit=SAMPLE
    )
    bills._check_balanced({"records": bills})
    bills.mapped("invoice_payments_widget")


def _check_computed(records):
    """Raise if a stored field that only Odoo computes would be something else now."""
    free = FREE.get(records._name, ())
    names = [
        name
        for name, field in records._fields.items()
        if field.store
        and field.column_type
        and field.compute
        and field.readonly
        and name not in free
    ]
    before = {record: {name: record[name] for name in names} for record in records}
    for name in names:
        records.env.add_to_compute(records._fields[name], records)
    different = sorted(
        {
            (name, repr(old), repr(record[name]))
            for record, row in before.items()
            for name, old in row.items()
            if record[name] != old
        }
    )
    records.env.cr.rollback()
    records.env.invalidate_all(flush=False)
    if different:
        raise AssertionError(f"{records._name}: (field, written, computed) {different[:20]}")
