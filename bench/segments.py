"""Segmentation: sorting all accounts, a rule that changes, and its preview."""

import time

from clock import Row, medians, once
from company import ADMIN

#: What an admin does to a rule and takes back again.
TAUGHT = "[('revenue_12m', '>', 20000)]"


def measure(company):
    """Measure with the dimensions that are shipped; they are sorted already, by the first full run."""
    from odoo.addons.crm_cartera.models.cartera_columns import read_columns

    def facts():
        with company.environment() as env:
            env.cr.execute("SET LOCAL jit = off")
            reader = env["cartera.facts"]
            queries = reader._get_fact_queries(reader._get_scope(env.company))
            for query, kinds in queries.values():
                read_columns(env.cr, query, kinds, in_bulk=True)

    def sort():
        with company.environment() as env:
            env["cartera.dimension"]._sort_in_batches(env.company)

    (sorted_in, read_in), runs = medians(sort, facts)
    against = "facts of all accounts"
    rows = [Row(f"sorting, {_count(company)}", sorted_in, against, read_in, 0.5, runs)]
    [preview], runs = medians(lambda: _preview(company))
    rows.append(Row("preview of a rule", preview, against, read_in, runs=runs))
    first = _get_rule(company)
    for title, rule in (("a rule edited, all sorted again", TAUGHT), ("the edit undone", first)):
        edited = once(lambda rule=rule: _edit(company, rule))
        rows.append(Row(title, edited, against, read_in))
    return rows


def _count(company):
    with company.environment() as env:
        dimensions = env["cartera.dimension"].search_count([])
        segments = env["cartera.segment"].search_count([])
        return f"{dimensions} dimensions with {segments} segments"


def _find(env):
    """Return the segment of class B: its rule reads a figure, and a third of the accounts could move."""
    return env.ref("crm_cartera.cartera_segment_value_b")


def _preview(company):
    with company.environment(ADMIN) as env:
        segment = _find(env)
        vals = {name: segment[name] for name in ("name", "sequence")}
        vals |= {"dimension_id": segment.dimension_id.id, "segment_id": segment.id}
        started = time.perf_counter()
        preview = env["cartera.segment.preview"].new({**vals, "domain": TAUGHT})
        preview.mapped("line_ids.after")
        return time.perf_counter() - started


def _get_rule(company):
    with company.environment() as env:
        return _find(env).domain


def _edit(company, rule):
    """Save a rule; return the seconds that the job takes then."""
    with company.environment(ADMIN) as env:
        _find(env).domain = rule
    started = time.perf_counter()
    with company.environment() as env:
        env["cartera.dimension"]._cron_sort()
    return time.perf_counter() - started
