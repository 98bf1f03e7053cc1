"""Who is in which segment, found out account by account with the ORM; shares nothing with sorting."""

from ast import literal_eval

from odoo import SUPERUSER_ID


def expect(env, company, tz):
    """Return {profile id: {dimension code: segment name}} of a root company."""
    env = env(
        user=SUPERUSER_ID,
        context={"active_test": False, "allowed_company_ids": company.ids, "tz": tz},
    )
    found = {}
    dimensions = env["cartera.dimension"].search(
        [("active", "=", True), ("company_id", "in", [False, company.id])]
    )
    for profile in env["cartera.profile"].search([("company_id", "=", company.id)]):
        found[profile.id] = {}
        for dimension in dimensions if not profile.excluded else ():
            for segment in dimension.segment_ids.filtered("active").sorted(
                lambda s: (s.sequence, s.id)
            ):
                if matches(env, profile, literal_eval(segment.domain or "[]")):
                    found[profile.id][dimension.code] = segment.name
                    break
    return found


def matches(env, profile, rule):
    return bool(env["cartera.profile"].search_count([("id", "=", profile.id), *rule]))


def read(env, company):
    """Return the same as it is stored."""
    env.flush_all()
    env.cr.execute(
        """SELECT p.id, d.code, s.name->>'en_US' FROM cartera_profile p
        LEFT JOIN cartera_profile_segment_rel r ON r.profile_id = p.id
        LEFT JOIN cartera_segment s ON s.id = r.segment_id
        LEFT JOIN cartera_dimension d ON d.id = s.dimension_id
            WHERE p.company_id = %s""",
        [company.id],
    )
    found = {}
    for profile, code, name in env.cr.fetchall():
        rows = found.setdefault(profile, {})
        if code:
            assert code not in rows, f"{profile} is in two segments of {code}"
            rows[code] = name
    return found
