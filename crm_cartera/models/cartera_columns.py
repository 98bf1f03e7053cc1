"""The columns of a profile that a run reads and writes, and how they travel between SQL and numpy.

Kinds: int (an id or a count), number, date, text, bool. A missing int or number is NaN, a missing date
NaT, a missing text None; a missing bool is False.
"""

import io

from odoo.tools import SQL

#: Figures, on the profile and on its snapshots.
FIGURES = {
    "revenue_12m": "number",
    "revenue_prev_12m": "number",
    "revenue_total": "number",
    "trend": "number",
    "purchase_count_12m": "int",
    "purchase_count": "int",
    "refund_count": "int",
    "first_purchase_date": "date",
    "last_purchase_date": "date",
    "rhythm_days": "number",
    "rhythm_source": "text",
    "expected_purchase_date": "date",
    "retention_status": "text",
    "rfm_recency": "int",
    "rfm_frequency": "int",
    "rfm_monetary": "int",
    "rfm_score": "text",
    "abc_revenue": "text",
    "abc_margin": "text",
    "share_of_wallet": "number",
    "affinity_score": "int",
    "margin_12m": "number",
    "margin_rate": "number",
    "margin_covered_rate": "number",
    "margin_frozen_rate": "number",
    "top_categ_id": "int",
    "categ_count": "int",
    "receivable": "number",
    "overdue": "number",
    "days_to_pay": "number",
    "lead_count": "int",
    "open_opportunity_count": "int",
    "pipeline": "number",
    "interaction_count_90d": "int",
    "interaction_count_12m": "int",
}
#: What a lifecycle was until now.
MILESTONES = {
    "lifecycle": "text",
    "lifecycle_date": "date",
    "prospect_date": "date",
    "lead_date": "date",
    "lead_evidence": "text",
    "lead_evidence_id": "int",
    "client_date": "date",
    "client_evidence": "text",
    "client_evidence_id": "int",
}
#: Computed columns of the profile that a run writes. Others are people's or fixed.
COMPUTED = {
    "name": "text",
    "user_id": "int",
    "active": "bool",
    **MILESTONES,
    "first_purchase_id": "int",
    "next_action_date": "date",
    "next_action_model": "text",
    "next_action_res_id": "int",
    "next_action_user_id": "int",
    "last_interaction_date": "date",
    "last_interaction_kind": "text",
    "last_interaction_user_id": "int",
    "unanswered_lead_date": "date",
    "contact_count": "int",
    "priority": "int",
    "suggested_action": "text",
    **FIGURES,
}
#: Zero if there is nothing to count; the others are blank then.
COUNTS = (
    "purchase_count_12m",
    "purchase_count",
    "refund_count",
    "categ_count",
    "lead_count",
    "open_opportunity_count",
    "pipeline",
    "interaction_count_90d",
    "interaction_count_12m",
    "contact_count",
)
#: Filled once from the first lead, then kept.
ONCE = {
    "first_contact_date": "date",
    "first_source_id": "int",
    "first_medium_id": "int",
    "first_campaign_id": "int",
}
FIRST_TOUCH = ("first_source_id", "first_medium_id", "first_campaign_id")
#: What people entered and the judgement reads.
ENTERED = {
    "lifecycle_locked": "bool",
    "manual_lead_date": "date",
    "opening_client_date": "date",
    "opening_last_purchase_date": "date",
    "potential": "number",
}
#: The transaction that wrote the stored row last.
VERSION = {"version": "text"}
#: Kind -> the type of its column in PostgreSQL.
SQL_TYPES = {"int": "int4", "date": "date", "text": "text", "bool": "bool", "number": "numeric"}
#: How a missing value travels in CSV. A mark of its own keeps an empty text apart from none.
NULL = r"\N"
EPOCH = SQL("DATE '1970-01-01'")


def read_columns(cr, query, kinds, in_bulk=False):
    """Run a query and return (ids, {column: array}): its first column, int64, and the others.

    ``query``: SQL whose columns are an id and those of ``kinds``, in that order. ``in_bulk``: fetch
    with COPY, which is quicker from some hundreds of rows on. Dates travel as numbers of days.
    """
    columns = [SQL.identifier("q", "id")]
    for name, kind in kinds.items():
        column = SQL.identifier("q", name)
        if kind == "date":
            column = SQL("%s - %s", column, EPOCH)
        elif kind == "number":
            column = SQL("%s::float8", column)
        elif kind == "bool":
            column = SQL("COALESCE(%s, FALSE)::int", column)
        columns.append(column)
    names = SQL(", ").join(SQL.identifier(name) for name in ("id", *kinds))
    query = SQL("SELECT %s FROM (%s) AS q (%s)", SQL(", ").join(columns), query, names)
    fetch = _copy if in_bulk else _fetch
    ids, *values = fetch(cr, query, ["int", *kinds.values()])
    kinds_of = zip(kinds.items(), values, strict=True)
    arrays = {name: _from_transit(column, kind) for (name, kind), column in kinds_of}
    return ids.astype("int64"), arrays


def _fetch(cr, query, kinds):
    """Fetch row by row: [array of floats, or of texts]."""
    import numpy as np

    cr.execute(query)
    rows = cr.fetchall()
    columns = zip(*rows, strict=True) if rows else ([] for _kind in kinds)
    types = [object if kind == "text" else float for kind in kinds]
    return [np.array(column, dtype=t) for column, t in zip(columns, types, strict=True)]


def _copy(cr, query, kinds):
    """Fetch with COPY: [array of floats, or of texts]."""
    import pandas as pd

    statement = cr.mogrify(query).decode()
    buffer = io.StringIO()
    cr.copy_expert(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv, NULL '{NULL}')", buffer)
    buffer.seek(0)
    texts = [number for number, kind in enumerate(kinds) if kind == "text"]
    frame = pd.read_csv(
        buffer,
        header=None,
        names=range(len(kinds)),
        dtype={number: object if number in texts else "float64" for number in range(len(kinds))},
        na_values=[NULL],
        keep_default_na=False,
        # The quick parser may be one bit off, and a drain would find a difference that is none.
        float_precision="round_trip",
        lineterminator="\n",  # a carriage return is part of a text
    )
    columns = [frame[number].to_numpy() for number in range(len(kinds))]
    for number in texts:
        columns[number] = columns[number].astype(object)
        columns[number][frame[number].isna()] = None
    return columns


def _from_transit(values, kind):
    """Return a column as its kind is kept."""
    if kind == "date":
        return to_dates(values)
    return values.astype(bool) if kind == "bool" else values


def to_dates(days):
    """Return numbers of days since 1970, NaN for none, as ``datetime64[s]``."""
    import numpy as np

    dates = np.full(days.shape, "NaT", dtype="datetime64[D]")
    there = ~np.isnan(days)
    dates[there] = days[there].astype("int64").astype("datetime64[D]")
    return dates.astype("datetime64[s]")


def get_blank(kind, size):
    """Return a column of ``size`` missing values."""
    import numpy as np

    if kind == "date":
        return np.full(size, "NaT", dtype="datetime64[s]")
    if kind == "text":
        return np.full(size, None, dtype=object)
    return np.zeros(size, dtype=bool) if kind == "bool" else np.full(size, np.nan)


def align(ids, arrays, kinds, accounts):
    """Return {column: array} in the order of ``accounts`` (sorted), blank for those not in ``ids``."""
    import numpy as np

    place = np.searchsorted(accounts, ids)
    place[place == len(accounts)] = 0
    known = accounts[place] == ids if len(accounts) else np.zeros(len(ids), dtype=bool)
    aligned = {}
    for name, kind in kinds.items():
        aligned[name] = get_blank(kind, len(accounts))
        aligned[name][place[known]] = arrays[name][known]
    return aligned


def to_frame(columns, ids):
    """Return {column: array or Series} as a DataFrame of accounts; None in a text stays None."""
    import pandas as pd

    index = pd.Index(ids, name="partner_id")
    # pandas makes a string type of its own of them otherwise, and NaN of None.
    texts = {
        name: pd.Series(values, index=index, dtype=object)
        for name, values in columns.items()
        if values.dtype == object
    }
    return pd.DataFrame({**columns, **texts}, index=index)


def differs(old, new, kind):
    """Tell where two columns of one kind are not the same; two missing values are."""
    import numpy as np

    if kind in ("int", "number"):
        old, new = np.asarray(old, dtype=float), np.asarray(new, dtype=float)
        return (old != new) & ~(np.isnan(old) & np.isnan(new))
    if kind == "date":
        return (old != new) & ~(np.isnat(old) & np.isnat(new))
    return np.asarray(old != new, dtype=bool)


def write_csv(frame, kinds):
    """Return a frame, index first, as CSV for :func:`COPY ... NULL NULL`.

    Quoted are texts with a character of the line end: COPY takes no bare carriage return.
    """
    buffer = io.StringIO()
    columns = frame[list(kinds)].astype(
        {name: "Int64" for name, kind in kinds.items() if kind == "int"}
    )
    columns.to_csv(buffer, header=False, date_format="%Y-%m-%d", na_rep=NULL, lineterminator="\r\n")
    buffer.seek(0)
    return buffer
