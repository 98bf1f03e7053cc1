"""Products and contacts."""

from odoo import Command

from ..plan.catalogue import CATALOGUE, SECTORS, TOWNS
from ..plan.texts import ROLES
from .companies import province
from .world import World


def load_products(world: World) -> None:
    """Create categories and products, with cost and VAT in both companies."""
    env = world.env
    companies = list(world.companies.values())
    taxes = [company.account_sale_tax_id.id for company in companies]
    for name, products in CATALOGUE.items():
        category = world.categories[name] = env["product.category"].create({"name": name})
        created = env["product.product"].create(
            [
                {
                    "name": product,
                    "categ_id": category.id,
                    "list_price": price,
                    "taxes_id": [Command.set([tax for tax in taxes if tax])],
                    "supplier_taxes_id": False,
                }
                for product, price, _cost in products
            ]
        )
        for record, (product, _price, cost) in zip(created, products, strict=True):
            world.products[product] = record
            for company in companies:
                record.with_company(company).standard_price = cost


def load_partners(world: World) -> None:
    """Create the accounts and their contacts."""
    partners = world.env["res.partner"]
    accounts = list(world.plan.accounts)
    tags = _load_tags(world)
    roles = {
        function: world.env.ref(f"crm_cartera.contact_role_{code}")
        for function, code in ROLES.items()
    }
    created = partners.create([_prepare_partner(world, account, tags) for account in accounts])
    people = []
    for account, partner in zip(accounts, created, strict=True):
        world.partners[account.key] = partner
        people += [(account, number, contact) for number, contact in enumerate(account.contacts)]
    contacts = partners.create(
        [
            {
                "name": contact.name,
                "parent_id": world.partners[account.key].id,
                "function": contact.function,
                "email": contact.email,
                "phone": contact.phone,
                "user_id": world.user_id(account.user),
                "cartera_role_ids": [Command.set(roles[contact.function].ids)],
            }
            for account, _number, contact in people
        ]
    )
    for (account, number, _contact), partner in zip(people, contacts, strict=True):
        world.contacts[account.key, number] = partner


def _load_tags(world: World) -> dict:
    names = sorted({tag for _industry, _order, tag, _categories in SECTORS.values()})
    tags = world.env["res.partner.category"].create(
        [{"name": name, "color": number + 1} for number, name in enumerate(names)]
    )
    return dict(zip(names, tags, strict=True))


def _prepare_partner(world: World, account, tags: dict) -> dict:
    code, postcode, _prefix = TOWNS[account.town]
    industry, _order, tag, _categories = SECTORS[account.sector]
    found = world.env.ref(f"base.res_partner_industry_{industry}", raise_if_not_found=False)
    return {
        "name": account.key,
        "is_company": account.is_company,
        "street": account.street,
        "zip": postcode,
        "city": account.town,
        "state_id": province(world.env, code).id,
        "country_id": world.env.ref("base.es").id,
        "vat": account.vat,
        "phone": account.phone,
        "email": account.email,
        "user_id": world.user_id(account.user),
        "industry_id": found.id if found else False,
        "category_id": [Command.link(tags[tag].id)],
    }


def archive_partners(world: World) -> None:
    """Archive accounts that closed down, once their documents are there."""
    for account in world.plan.accounts:
        if not account.active:
            world.partners[account.key].active = False
