"""The two companies with their books, and the people who work there."""

from odoo import Command

from ..plan import MAIN, SECOND
from .world import TIME_ZONE, World

COMPANIES = {
    MAIN: {
        "name": "Suministros Levante, S.L.",
        "street": "Polígono Industrial Fuente del Jarro, calle Ciudad de Liria 14",
        "zip": "46988",
        "city": "Paterna",
        "phone": "+34 961 00 90 00",
        "email": "info@example.com",
        "vat": "B00343004",
    },
    SECOND: {
        "name": "Levante Hostelería, S.L.",
        "street": "Avenida de Valencia 88",
        "zip": "12006",
        "city": "Castelló de la Plana",
        "phone": "+34 964 00 90 00",
        "email": "hosteleria@example.com",
        "vat": "B00343376",
    },
}
PROVINCES = {MAIN: "V", SECOND: "CS"}
#: {login: (name, group, companies)}; the password is the login.
USERS = {
    "lucia": ("Lucía Ferrer", "sales_team.group_sale_salesman", (MAIN,)),
    "carlos": ("Carlos Ibáñez", "sales_team.group_sale_salesman", (MAIN,)),
    "nuria": ("Nuria Beltrán", "sales_team.group_sale_salesman", (MAIN, SECOND)),
    "marta": ("Marta Llopis", "sales_team.group_sale_salesman_all_leads", (MAIN, SECOND)),
    "javier": ("Javier Climent", "sales_team.group_sale_manager", (MAIN, SECOND)),
}
CHART_OF_SPAIN, CHART_OF_NOBODY = "es_pymes", "generic_coa"


def load_companies(world: World) -> None:
    """Create the companies with a chart of accounts and a policy of their own zone."""
    env, spain = world.env, world.env.ref("base.es")
    companies = env["res.company"].with_context(chart_template_load=True)
    for key, values in COMPANIES.items():
        # Odoo would install the books of the country, in the middle of our own installation.
        company = companies.create(
            {
                **values,
                "vat": False,
                "country_id": spain.id,
                "state_id": province(env, PROVINCES[key]).id,
                "currency_id": env.ref("base.EUR").id,
            }
        )
        company = world.companies[key] = company.with_env(env)
        company.resource_calendar_id.tz = TIME_ZONE
        env["cartera.policy"]._for(company).tz = TIME_ZONE
        _load_chart(world.env, company)
        company.vat = values["vat"]


def province(env, code: str):
    """Return a province of Spain by its code."""
    spain = env.ref("base.es")
    states = env["res.country.state"]
    return states.search([("country_id", "=", spain.id), ("code", "=", code)], limit=1)


def _load_chart(env, company) -> None:
    """Load the books of Spain where they are installed, else those of no country in euros."""
    charts = env["account.chart.template"]
    template = charts._get_chart_template_mapping().get(CHART_OF_SPAIN, {})
    module = env["ir.module.module"].search([("name", "=", template.get("module"))])
    code = CHART_OF_SPAIN if module.state == "installed" else CHART_OF_NOBODY
    # Not try_loading: it warns of a registry that is still being loaded, as ours is on installation.
    charts._load(code, company, install_demo=False)
    if code == CHART_OF_NOBODY:
        _make_spanish(env, company)


def _make_spanish(env, company) -> None:
    """Turn the books of no country into Spanish ones: the euro, and VAT of 21 %."""
    spain = env.ref("base.es")
    taxes = env["account.tax"].search([("company_id", "=", company.id)])
    groups = env["account.tax.group"].search([("company_id", "=", company.id)])
    # Theirs is a customer in the United States, and whoever is in Spain is abroad.
    env["account.fiscal.position"].search([("company_id", "=", company.id)]).active = False
    company.write({"currency_id": env.ref("base.EUR").id, "account_fiscal_country_id": spain.id})
    groups.write({"country_id": spain.id})
    taxes.write({"country_id": spain.id})
    usual = company.account_sale_tax_id | company.account_purchase_tax_id
    (taxes - usual).active = False
    for tax in usual:
        kind = "repercutido" if tax.type_tax_use == "sale" else "soportado"
        tax.write({"name": f"IVA 21 % {kind}", "amount": 21, "invoice_label": "IVA 21 %"})


def load_users(world: World) -> None:
    """Create the sales staff, and open both companies to the administrator."""
    env = world.env
    spanish = env["res.lang"].search([("code", "=", "es_ES")])
    for login, (name, group, companies) in USERS.items():
        allowed = [world.companies[key].id for key in companies]
        values = {
            "name": name,
            "login": login,
            "email": f"{login}@example.com",
            "tz": TIME_ZONE,
            "company_id": allowed[0],
            "company_ids": [Command.set(allowed)],
            "group_ids": [Command.set([env.ref("base.group_user").id, env.ref(group).id])],
            "notification_type": "inbox",
            **({"lang": spanish.code} if spanish else {}),
        }
        world.users[login] = _get_user(env, login, values)
    both = [Command.link(company.id) for company in world.companies.values()]
    admin = env.ref("base.user_admin", raise_if_not_found=False)
    if admin:
        admin.write({"company_ids": both})
        admin.company_id = world.companies[MAIN]
    world.users["admin"] = admin or world.users["javier"]
    _load_teams(world)


def _get_user(env, login: str, values: dict):
    """Create a user; somebody who has the login already keeps it and joins the companies."""
    user = env["res.users"].with_context(active_test=False).search([("login", "=", login)])
    if user:
        user.write({"company_ids": [Command.link(key) for key in values["company_ids"][0][2]]})
        return user
    user = env["res.users"].create(values)
    # Past the rules for passwords that an administrator may have set: these are examples.
    user._set_encrypted_password(user.id, user._crypt_context().hash(login))
    return user


def _load_teams(world: World) -> None:
    teams, users = world.env["crm.team"], world.users
    members = [users[login].id for login in ("lucia", "carlos", "nuria", "javier")]
    for key, name, team in (
        (MAIN, "Levante", members),
        (SECOND, "Hostelería", [users["marta"].id]),
    ):
        world.teams[key] = teams.create(
            {
                "name": f"Comercial {name}",
                "company_id": world.companies[key].id,
                "user_id": users["javier"].id,
                "member_ids": [Command.set(team)],
            }
        )
