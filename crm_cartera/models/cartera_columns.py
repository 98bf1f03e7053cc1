"""The columns of a profile that a run reads and writes, and their tables in pandas."""

#: Computed columns of the profile that a run writes: {name: kind}. Others are people's or fixed.
COMPUTED = {
    "name": "text",
    "user_id": "int",
    "active": "bool",
    "lifecycle": "text",
    "lifecycle_date": "date",
    "prospect_date": "date",
    "lead_date": "date",
    "lead_evidence": "text",
    "lead_evidence_id": "int",
    "client_date": "date",
    "client_evidence": "text",
    "client_evidence_id": "int",
    "first_purchase_id": "int",
    "first_purchase_date": "date",
    "last_purchase_date": "date",
    "purchase_count": "int",
    "open_opportunity_count": "int",
    "next_action_date": "date",
    "next_action_model": "text",
    "next_action_res_id": "int",
    "next_action_user_id": "int",
    "last_interaction_date": "date",
    "last_interaction_kind": "text",
    "last_interaction_user_id": "int",
}
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
}
#: The transaction that wrote the stored row last.
VERSION = {"version": "text"}
DTYPES = {
    "int": "Int64",
    "date": "datetime64[s]",
    "text": object,
    "bool": bool,
    "number": "float64",
}


def to_frame(rows, kinds):
    """Return rows as a DataFrame indexed by their first column, the partner.

    ``kinds``: {column: int | date | text | bool | number} of the other columns. None becomes NA, NaT
    or None; a missing bool is False.
    """
    import pandas as pd

    columns = list(zip(*rows, strict=True)) or [()] * (len(kinds) + 1)
    index = pd.Index(columns[0], name="partner_id", dtype="int64")
    data = {}
    for (name, kind), values in zip(kinds.items(), columns[1:], strict=True):
        column = pd.Series(values, index=index, dtype=object if kind == "date" else DTYPES[kind])
        data[name] = pd.to_datetime(column).astype(DTYPES[kind]) if kind == "date" else column
    return pd.DataFrame(data, index=index)
