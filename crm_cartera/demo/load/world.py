"""Database records behind the keys of a plan."""

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from odoo import SUPERUSER_ID
from odoo.tools import SQL

from ..plan import Plan

TIME_ZONE = "Europe/Madrid"
#: Nobody is mailed, nothing is logged: years of work are loaded in a minute.
SILENT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_quick_update": True,
    "no_reset_password": True,
    "no_mail_to_attendees": True,
    "dont_notify": True,
    "skip_pdf_attachment_generation": True,
    "cartera_no_policy": True,
    "lang": "en_US",
}
#: Models whose tables the demo fills.
GROWING = (
    "account.move",
    "account.move.line",
    "account.partial.reconcile",
    "account.payment",
    "calendar.event",
    "cartera.profile",
    "cartera.touch",
    "crm.lead",
    "mail.activity",
    "mail.message",
    "mail.notification",
    "res.partner",
)


class World:
    """The environment that loads, and what it has loaded: {key: record} by kind."""

    def __init__(self, env, plan: Plan):
        self.env = env(user=SUPERUSER_ID, context={**env.context, **SILENT})
        self.plan = plan
        self.companies, self.users, self.teams = {}, {}, {}
        self.categories, self.products = {}, {}
        self.partners, self.contacts = {}, {}
        self.invoices, self.leads = [], {}
        self.accounts = {account.key: account for account in plan.accounts}

    def user_id(self, login: str) -> int | bool:
        """Return the id of a login; False without one."""
        return self.users[login].id if login else False

    def model_in(self, company: str, name: str):
        """Return a model in the environment of one demo company."""
        company = self.companies[company]
        return self.env[name].with_context(allowed_company_ids=company.ids)

    def profiles(self):
        """Return the profiles, archived ones included, as the director works on them."""
        model = self.env["cartera.profile"].with_context(
            active_test=False,
            allowed_company_ids=[company.id for company in self.companies.values()],
        )
        return model.with_user(self.users["javier"]).sudo()

    def profile_of(self, entry):
        """Return the profile of an entry of the plan; empty if there is none."""
        return self.profiles().search(
            [
                ("partner_id", "=", self.partners[entry.account].id),
                ("company_id", "=", self.companies[entry.company].id),
            ]
        )

    def analyze(self) -> None:
        """Let PostgreSQL count the rows: nobody does that before the commit, and it guesses badly."""
        self.env.flush_all()
        tables = (SQL.identifier(self.env[name]._table) for name in GROWING)
        self.env.cr.execute(SQL("ANALYZE %s", SQL(", ").join(tables)))

    def update(self, model, values: dict[int, dict]) -> None:
        """Write columns that the ORM guards, such as creation dates, in one statement.

        ``values``: {id: {column: value}}, the same columns for each id.
        """
        if not values:
            return
        self.env.flush_all()
        names = list(next(iter(values.values())))
        rows = (SQL("%s", (key, *row.values())) for key, row in values.items())
        self.env.cr.execute(
            SQL(
                "UPDATE %s t SET %s FROM (VALUES %s) AS v (id, %s) WHERE t.id = v.id",
                SQL.identifier(model._table),
                SQL(", ").join(_set(model._fields[name]) for name in names),
                SQL(", ").join(rows),
                SQL(", ").join(SQL.identifier(name) for name in names),
            )
        )
        model.invalidate_model(names)


def _set(field) -> SQL:
    """Return the assignment of one column; a value alone does not tell PostgreSQL its type."""
    column = SQL.identifier(field.name)
    return SQL("%s = v.%s::%s", column, column, SQL(field.column_type[0]))


def morning(day: date, hour: int = 9) -> datetime:
    """Return an hour of a day in Madrid, as Odoo stores it: UTC, naive."""
    return to_utc(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001


def to_utc(moment: datetime) -> datetime:
    """Return a naive moment of Madrid as a naive moment of UTC."""
    local = moment.replace(tzinfo=ZoneInfo(TIME_ZONE))
    return local.astimezone(timezone.utc).replace(tzinfo=None)
