"""Messages from or to a person of an account are interactions."""

from odoo import api, models

from .cartera_facts_interaction import INTERACTION_TYPES


class MailMessage(models.Model):
    _inherit = "mail.message"

    # Ids come by date, so that a few pages tell where the messages of a month are; Odoo has no index.
    _cartera_date_idx = models.Index("USING brin (date) WITH (pages_per_range = 32)")

    # What was written to outside on leads: a full run looks for the first answer to each open one.
    _cartera_lead_idx = models.Index(
        "(res_id) INCLUDE (date, author_id, subtype_id) WHERE model = 'crm.lead'"
        " AND message_type IN ('email', 'email_outgoing', 'comment') AND is_internal IS NOT TRUE"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Touch the accounts of outside authors, and of the leads that are answered.

        Recipients come with their notification.
        """
        messages = super().create(vals_list)
        talks = messages.sudo()._cartera_get_talks()
        messages._cartera_touch(talks.author_id)
        talks._cartera_touch_leads()
        return messages

    def unlink(self):
        talks = self.sudo()._cartera_get_talks()
        self._cartera_touch(talks.author_id | talks.notified_partner_ids)
        talks._cartera_touch_leads()
        return super().unlink()

    def _cartera_get_talks(self):
        return self.filtered(lambda message: message.message_type in INTERACTION_TYPES)

    def _cartera_get_summary(self):
        """Return what it is about."""
        self.ensure_one()
        return self.subject or self.preview

    def _cartera_touch_leads(self):
        """Queue the customers of the leads that these messages are on: one may be its first answer."""
        ids = {message.res_id for message in self if message.model == "crm.lead"}
        if ids:
            self.env["crm.lead"].browse(ids).exists()._cartera_touch()

    @api.model
    def _cartera_touch(self, people):
        outside = people.filtered("partner_share")
        if outside:
            self.env["cartera.touch"]._touch_partners(outside)


class MailNotification(models.Model):
    _inherit = "mail.notification"

    @api.model_create_multi
    def create(self, vals_list):
        notifications = super().create(vals_list)
        outside = notifications.sudo().filtered(
            lambda notification: (
                notification.res_partner_id.partner_share
                and notification.mail_message_id.message_type in INTERACTION_TYPES
            )
        )
        if outside:
            self.env["cartera.touch"]._touch_partners(outside.res_partner_id)
        return notifications
