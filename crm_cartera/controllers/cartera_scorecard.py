"""The scorecard as a spreadsheet."""

from odoo import http
from odoo.http import content_disposition, request

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CarteraScorecard(http.Controller):
    """What the browser downloads."""

    @http.route("/cartera/scorecard/xlsx", type="http", auth="user", readonly=True)
    def get_xlsx(self, company_id=None, period=None, scope=None, **_ignored):
        """Return the cards of a period and scope as XLSX, with the rights of the user.

        ``company_id`` of the company that the screen was in (default: the user's own); ``period`` and
        ``scope`` as :meth:`get_scorecard` takes them. Refused as the screen is: 403.
        """
        env = request.env
        if company_id and company_id.isdecimal():
            env = env(context={**env.context, "allowed_company_ids": [int(company_id)]})
        name, content = env["cartera.screen"]._export_scorecard(period, scope)
        return request.make_response(
            content,
            headers=[
                ("Content-Type", MIME),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
