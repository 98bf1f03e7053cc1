"""What would change if a rule were saved: counted before it is."""

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ..models.cartera_dimension_rules import Cut, Rule

#: Accounts shown of those that enter or leave, the largest first.
SHOWN = 80
#: What stands for a segment that is not saved yet.
DRAFT = -1


class CarteraSegmentPreview(models.TransientModel):
    """Nothing is saved: the form of a segment opens it with what it holds."""

    _name = "cartera.segment.preview"
    _description = "What a rule would change"

    dimension_id = fields.Many2one(comodel_name="cartera.dimension", readonly=True)
    segment_id = fields.Many2one(
        comodel_name="cartera.segment",
        string="Saved segment",
        readonly=True,
        help="Empty: the segment is not saved yet.",
    )
    name = fields.Char(string="Segment", readonly=True)
    domain = fields.Char(string="Rule", readonly=True)
    sequence = fields.Integer(default=10, readonly=True)
    siblings = fields.Json(
        readonly=True,
        help="The other segments as the form of the dimension holds them, saved or not: id, name, "
        "domain and sequence of each. Empty: as they are saved.",
    )
    company_id = fields.Many2one(comodel_name="res.company", compute="_compute_company_id")
    error = fields.Char(compute="_compute_result")
    account_count = fields.Integer(string="Accounts", compute="_compute_result")
    line_ids = fields.One2many(
        comodel_name="cartera.segment.preview.line",
        inverse_name="preview_id",
        string="Segments",
        compute="_compute_result",
    )
    enter_count = fields.Integer(string="Enter", compute="_compute_result")
    leave_count = fields.Integer(string="Leave", compute="_compute_result")
    enter_ids = fields.Many2many(
        comodel_name="cartera.profile", string="Accounts that enter", compute="_compute_result"
    )
    leave_ids = fields.Many2many(
        comodel_name="cartera.profile", string="Accounts that leave", compute="_compute_result"
    )

    @api.depends("dimension_id")
    @api.depends_context("company")
    def _compute_company_id(self):
        for preview in self:
            preview.company_id = preview.dimension_id.company_id or self.env.company.root_id

    @api.depends("dimension_id", "segment_id", "domain", "sequence", "name", "siblings")
    @api.depends_context("company")
    def _compute_result(self):
        for preview in self:
            preview.update(preview._get_empty())
            try:
                with self.env.cr.savepoint():
                    preview._fill()
            except (AccessError, UserError, ValidationError, ValueError) as error:
                preview.update({**preview._get_empty(), "error": str(error)})

    @api.model
    def _get_empty(self):
        return {
            "error": False,
            "account_count": 0,
            "enter_count": 0,
            "leave_count": 0,
            "line_ids": [Command.clear()],
            "enter_ids": False,
            "leave_ids": False,
        }

    def _fill(self):
        """Compare where accounts stand with where they would; raise what is wrong with the rule."""
        self.check_access("create")
        key = self.segment_id.id or DRAFT
        rules = self._get_rules()
        accounts = self._get_sorted(rules)
        counts = self._count(accounts)
        self.line_ids = [
            Command.create({"segment_id": segment, **line})
            for segment, line in self._to_lines(rules, counts)
        ]
        self.account_count = sum(count for _before, to, count in counts if to == key)
        changed = [(before, to, count) for before, to, count in counts if before != to]
        self.enter_count = sum(count for _before, to, count in changed if to == key)
        self.leave_count = sum(count for before, _to, count in changed if before == key)
        entering, leaving = self._list(accounts, key)
        profiles = self.env["cartera.profile"]
        self.enter_ids = profiles.browse(entering)._filtered_access("read")
        self.leave_ids = profiles.browse(leaving)._filtered_access("read")

    # -- the rules, with the draft among them -------------------------------

    def _get_draft(self, vals, origin=None):
        """Return a segment as it would be saved, without saving it; raise what is wrong with it."""
        names = ("name", "domain", "sequence")
        vals = {name: vals[name] for name in names} | {"dimension_id": self.dimension_id.id}
        draft = self.env["cartera.segment"].new(vals, origin=origin)
        draft._check_rules()
        if not origin or origin.domain != draft.domain:
            # As when it is saved: what its author may not read he shall not guess by counting either.
            draft._check_each("_check_readable")
        return draft

    def _get_rules(self) -> dict:
        """Return {key: segment} in the order in which they match; keys below zero are not saved yet."""
        segments = self.env["cartera.segment"]
        rows = [(self._get_draft(self, self.segment_id), self.segment_id.id or DRAFT)]
        if not self.siblings:
            others = self.dimension_id.segment_ids.filtered("active") - self.segment_id
            rows += [(segment, segment.id) for segment in others]
        for place, vals in enumerate((self.siblings or {}).get("segments", ()), 1):
            origin = segments.browse(vals["id"] or [])
            rows.append((self._get_draft(vals, origin), origin.id or DRAFT - place))
        # As after saving: by sequence, then by id, and new ones get the highest.
        last = segments.search([], order="id desc", limit=1).id or 0
        rows.sort(key=lambda row: (row[0].sequence, row[1] if row[1] > 0 else last - row[1]))
        return {key: segment for segment, key in rows}

    def _get_sorted(self, rules) -> SQL:
        """Return the rows (id, revenue, before, after) of the accounts of the company.

        ``before`` and ``after`` are segments of the dimension, None: in none of it.
        """
        dimensions, company = self.env["cartera.dimension"], self.company_id
        texts = tuple(Rule(key, segment.domain) for key, segment in rules.items())
        cut = Cut(self.dimension_id.id or 0, 0, False, False, False, texts)
        query, segments = dimensions._get_sort_query(company, [cut])
        query.add_where(SQL("cartera_profile.active AND cartera_profile.excluded IS NOT TRUE"))
        self.env.flush_all()
        return query.select(
            SQL.identifier("cartera_profile", "id"),
            SQL("%s AS revenue", SQL.identifier("cartera_profile", "revenue_12m")),
            SQL("%s AS before", self._get_before()),
            SQL("(%s)[1] AS after", segments),
        )

    def _get_before(self) -> SQL:
        """Return the SQL of where an account stands in the dimension."""
        segments = self.dimension_id.segment_ids.ids
        return SQL(
            "(SELECT key FROM unnest(cartera_profile.segment_key) key WHERE key = ANY(%s) LIMIT 1)",
            segments,
        )

    # -- figures ------------------------------------------------------------

    def _count(self, accounts) -> list[tuple]:
        """Return (segment now, segment after, number of accounts); None: in no segment."""
        return self.env.execute_query(
            SQL("SELECT before, after, count(*) FROM (%s) s GROUP BY before, after", accounts)
        )

    def _list(self, accounts, key) -> tuple[list[int], list[int]]:
        """Return the ids of the largest accounts that enter, and of those that leave."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id, enters FROM (
                       SELECT id, enters,
                              row_number() OVER (PARTITION BY enters
                                                 ORDER BY revenue DESC NULLS LAST, id) AS place
                         FROM (SELECT id, revenue, after IS NOT DISTINCT FROM %(key)s AS enters
                                 FROM (%(accounts)s) sorted
                                WHERE before IS DISTINCT FROM after
                                  AND %(key)s IN (COALESCE(before, 0), COALESCE(after, 0))) changed
                   ) placed WHERE place <= %(shown)s ORDER BY place""",
                key=key,
                accounts=accounts,
                shown=SHOWN,
            )
        )
        entering = [profile for profile, enters in rows if enters]
        return entering, [profile for profile, enters in rows if not enters]

    def _to_lines(self, rules, counts):
        """Yield (segment or False, values of a line), in the order of the dimension."""
        before, after = {}, {}
        for was, to, count in counts:
            before[was] = before.get(was, 0) + count
            after[to] = after.get(to, 0) + count
        names = {key: segment.name for key, segment in rules.items()}
        names[None] = self.env._("In no segment")
        # Accounts may stand in a segment that is archived now, until they are sorted again.
        gone = self.env["cartera.segment"].browse([was for was in before if was not in names])
        names.update({segment.id: segment.name for segment in gone})
        for key, name in names.items():
            now, then = before.get(key, 0), after.get(key, 0)
            if key is None and not now and not then:
                continue
            yield (
                key if key and key > 0 else False,
                {
                    "name": name or self.env._("This segment"),
                    "before": now,
                    "after": then,
                    "difference": then - now,
                    "is_draft": key == (self.segment_id.id or DRAFT),
                },
            )
