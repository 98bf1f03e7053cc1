"""What comes from a file: errors name the row and the column, and a lifecycle is a request."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Date

from .cartera_profile import ENTERED_BY_MANAGER, MANAGER

#: Keys of one request to set the lifecycle by hand, as create, write and import carry it.
REQUEST_KEYS = {
    "lifecycle": "lifecycle",
    "lifecycle_reason": "reason",
    "lifecycle_date": "date",
}


def log_errors(model, record, info, log, errors):
    """Log {field: message} of one row as Odoo does for cells it cannot read, and drop the cells."""
    for name, message in errors.items():
        label = model._fields[name]._description_string(model.env)
        log(dict(info, type="error", field=name, message=f"{label}: {message}"))
        record.pop(name, None)


class CarteraProfile(models.Model):
    _inherit = "cartera.profile"

    # ------------------------------------------------------------------
    # Requests to set the lifecycle
    # ------------------------------------------------------------------

    @api.model
    def _pop_lifecycle_request(self, vals):
        """Take a wish to set the lifecycle out of ``vals``; None if there is none.

        Opening data make a client by themselves and need no reason.
        """
        if self.env.su or "lifecycle" not in vals:
            return None
        found = {key: vals.pop(name) for name, key in REQUEST_KEYS.items() if name in vals}
        found = {key: value for key, value in found.items() if value}
        since = vals.get("opening_client_date")
        if found.get("lifecycle") == "client" and since and "date" not in found:
            found["date"] = since
            return found if "reason" in found else None
        return found or None

    @api.model
    def _get_request_errors(self, request, today) -> dict[str, str]:
        """Return {field: message} of a request."""
        lifecycle, errors = request.get("lifecycle"), {}
        if not lifecycle:
            errors["lifecycle"] = self.env._("a reason or a date alone changes nothing.")
        elif lifecycle not in dict(self._fields["lifecycle"].selection):
            errors["lifecycle"] = self.env._("unknown value “%s”.", lifecycle)
        elif lifecycle != "lead" and not (self.env.su or self.env.user.has_group(MANAGER)):
            errors["lifecycle"] = self.env._(
                "only a sales manager may set a client by hand, or take a lead back."
            )
        if not (request.get("reason") or "").strip():
            errors["lifecycle_reason"] = self.env._("setting the lifecycle by hand needs a reason.")
        if request.get("date") and Date.to_date(request["date"]) > today:
            errors["lifecycle_date"] = self.env._("the date cannot be in the future.")
        return errors

    @api.model
    def _get_new_request_errors(self, request, today) -> dict[str, str]:
        """Return {field: message} of a request for an account that is not there yet."""
        if request.get("lifecycle") != "prospect":
            return self._get_request_errors(request, today)
        if "date" not in request:
            return {}
        return {
            "lifecycle_date": self.env._(
                "leave it empty, a prospect is one from the day it enters the portfolio."
            )
        }

    @api.model
    def _raise_first(self, errors):
        """Raise the first of {field: message}, if there is one."""
        for name, message in errors.items():
            label = self._fields[name]._description_string(self.env)
            raise ValidationError(
                self.env._("%(field)s: %(message)s", field=label, message=message)
            )

    def _is_news(self, request) -> bool:
        """Tell whether a request says something else than what is known of the account."""
        if request.get("lifecycle") != self.lifecycle:
            return True
        return "date" in request and Date.to_date(request["date"]) != self.lifecycle_date

    @api.model
    def _prepare_request_vals(self, request):
        """Return what a request makes of an account that has no documents yet."""
        today = self._get_today()
        self._raise_first(self._get_new_request_errors(request, today))
        lifecycle, reason = request["lifecycle"], request.get("reason")
        if lifecycle == "prospect":
            return {"lifecycle_reason": reason, "lifecycle_user_id": reason and self.env.uid}
        day = Date.to_date(request.get("date")) or today
        return {"lifecycle": lifecycle, **self._prepare_lifecycle_vals(lifecycle, reason, day)}

    # ------------------------------------------------------------------
    # Import
    # ------------------------------------------------------------------

    def _convert_records(self, records, *, log=lambda a: None, savepoint):
        """Name the column of a wrong value in an import, as Odoo does for values it cannot read."""
        unreadable = set()

        def remember(message):
            unreadable.add(message.get("field"))
            log(message)

        today = self._get_today()
        converted = super()._convert_records(records, log=remember, savepoint=savepoint)
        for dbid, xid, record, info in converted:
            errors = self._get_refused_errors(record) | self._get_entry_errors(record, today)
            if not (dbid or xid or record.get("partner_id")):
                errors |= self._get_new_account_errors(record, today)
            if "lifecycle" in unreadable:
                # What depends on it has no error of its own.
                errors = {name: text for name, text in errors.items() if name not in REQUEST_KEYS}
            log_errors(self, record, info, log, errors)
            if (errors.keys() | unreadable) & REQUEST_KEYS.keys():
                for name in REQUEST_KEYS:
                    record.pop(name, None)
            if "name" in errors:
                # Nothing of this file stays; its other errors are still to be found.
                record["name"] = "?"
            unreadable.clear()
            yield dbid, xid, record, info

    @api.model
    def _get_refused_errors(self, record) -> dict[str, str]:
        """Return {field: message} of the cells of a row that this user may not import."""
        if self.env.su:
            return {}
        request = REQUEST_KEYS.keys() if "lifecycle" in record else set()
        message = self.env._("comes from the documents and cannot be entered.")
        errors = dict.fromkeys(self._get_refused(record.keys() - request), message)
        if not self.env.user.has_group(MANAGER):
            message = self.env._("only a sales manager may enter opening data.")
            errors |= dict.fromkeys(sorted(record.keys() & ENTERED_BY_MANAGER), message)
        return errors

    @api.model
    def _get_new_account_errors(self, record, today) -> dict[str, str]:
        """Return {field: message} of a row whose contact is not there yet, nor any document."""
        errors = {}
        if not record.get("name"):
            errors["name"] = self.env._("a name or an existing contact is needed.")
        request = self._pop_lifecycle_request(dict(record))
        return errors | self._get_new_request_errors(request, today) if request else errors

    @api.model
    def _check_contacts(self, vals_list):
        """Refuse contacts that one may not read, and those that are accounts already.

        An account shows its contact's data: nobody may get at those by making an account of it.
        """
        known = [vals for vals in vals_list if vals.get("partner_id")]
        contacts = self.env["res.partner"].browse(vals["partner_id"] for vals in known)
        contacts.check_access("read")
        accounts = contacts.sudo().commercial_partner_id
        accounts.mapped("ref_company_ids")  # with all that is needed of them, in one go
        if self.env.su or not contacts:
            return
        everyone = self.with_context(active_test=False)
        found = everyone.search([("partner_id", "in", accounts.ids)]).grouped("partner_id")
        for vals, contact in zip(known, contacts.sudo(), strict=True):
            company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
            profiles = found.get(contact.commercial_partner_id, everyone)
            if company.sudo().root_id in profiles.company_id:
                message = self.env._("%s is in the portfolio already.", profiles[:1].name)
                self._raise_first({"partner_id": message})

    @api.model
    def load(self, fields, data):
        """Name the column in what is found out only when the row is written, too."""
        result = super().load(fields, data)
        columns = [*REQUEST_KEYS, "name", "stage_id", "partner_id"]
        names = {self._fields[name]._description_string(self.env): name for name in columns}
        for message in result["messages"]:
            label = message.get("message", "").partition(":")[0]
            if "field" not in message and label in names:
                message["field"] = names[label]
        return result
