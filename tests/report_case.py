"""Snapshots, changes and runs made by SQL, and what the screens' own filters find of them."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval

from .common import CarteraCase

MAY, JUNE, JULY = "2024-05-31", "2024-06-30", "2024-07-31"


class ReportMixin:
    @classmethod
    def insert(cls, model, **values):
        """Insert one row as the engine does, past the ORM; return its record."""
        table = cls.env[model]._table
        cls.env.flush_all()
        cls.env.cr.execute(
            f"INSERT INTO {table} ({', '.join(values)})"
            f" VALUES ({', '.join(['%s'] * len(values))}) RETURNING id",
            list(values.values()),
        )
        cls.env.invalidate_all()
        return cls.env[model].browse(cls.env.cr.fetchone()[0])

    @classmethod
    def snap(cls, profile, day, **values):
        """Insert a snapshot of an account."""
        return cls.insert(
            "cartera.snapshot",
            profile_id=profile.id,
            partner_id=profile.partner_id.id,
            company_id=profile.company_id.id,
            date=day,
            **values,
        )

    @classmethod
    def judge(cls, profile, **values):
        """Set figures of a profile as a run would."""
        columns = ", ".join(f"{name} = %s" for name in values)
        cls.env.flush_all()
        cls.env.cr.execute(
            f"UPDATE cartera_profile SET {columns} WHERE id = %s", [*values.values(), profile.id]
        )
        cls.env.invalidate_all()

    def filters_of(self, model):
        """Return {name: domain} of the filters a user finds in the search view of a model."""
        arch = etree.fromstring(model.get_view(view_type="search")["arch"])
        return {
            node.get("name"): safe_eval(node.get("domain"), {"uid": model.env.uid})
            for node in arch.iter("filter")
            if node.get("domain")
        }

    def filtered(self, model, *names):
        """Return what the filters of the search view find together."""
        filters = self.filters_of(model)
        return model.search([leaf for name in names for leaf in filters[name]])

    def defaults_of(self, xmlid):
        """Return the names of the filters that an action starts with."""
        context = safe_eval(self.env.ref(xmlid).context)
        return [key.removeprefix("search_default_") for key, value in context.items() if value]


class ReportCase(ReportMixin, CarteraCase):
    """Five accounts of a manager's company, judged by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.make_users("salesperson", "manager")
        names = ("Alba", "Brisa", "Cobre", "Duna", "Eco")
        cls.env["cartera.profile"].search([]).unlink()
        cls.alba, cls.brisa, cls.cobre, cls.duna, cls.eco = (
            cls.env["cartera.profile"].create({"name": name}) for name in names
        )
        cls.drain()

    def as_user(self, model, role="manager", **context):
        """Return a model as a request of that user meets it, with nothing cached."""
        self.env.flush_all()
        self.env.invalidate_all()
        context = {"lang": "en_US", "allowed_company_ids": self.company.ids, **context}
        return self.env(user=self.users[role].id, su=False, context=context)[model]
