"""One segment of a preview: its accounts now and after."""

from odoo import fields, models


class CarteraSegmentPreviewLine(models.TransientModel):
    _name = "cartera.segment.preview.line"
    _description = "Segment in a preview"

    preview_id = fields.Many2one(comodel_name="cartera.segment.preview", ondelete="cascade")
    segment_id = fields.Many2one(
        comodel_name="cartera.segment", string="Saved segment", readonly=True
    )
    name = fields.Char(string="Segment", readonly=True)
    before = fields.Integer(string="Now", readonly=True)
    after = fields.Integer(readonly=True)
    difference = fields.Integer(readonly=True)
    is_draft = fields.Boolean(string="The one previewed", readonly=True)
