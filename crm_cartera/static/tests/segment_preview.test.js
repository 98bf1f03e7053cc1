import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mockService,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class Dimension extends models.Model {
    _name = "cartera.dimension";
    name = fields.Char();
    _records = [{id: 1, name: "Zona"}];
}

class Segment extends models.Model {
    _name = "cartera.segment";
    name = fields.Char();
    domain = fields.Char();
    sequence = fields.Integer();
    dimension_id = fields.Many2one({relation: "cartera.dimension"});
    _records = [{id: 5, name: "Norte", domain: "[]", sequence: 3, dimension_id: 1}];
}

defineMailModels();
defineModels([Dimension, Segment]);

const FORM = `<form><header><widget name="cartera_segment_preview"/></header>
    <field name="name"/><field name="domain"/></form>`;

test("the preview takes what is on screen and saves nothing", async () => {
    onRpc("web_save", () => expect.step("saved"));
    mockService("action", {
        doAction(action, options) {
            expect.step(action);
            expect.step(JSON.stringify(options.additionalContext));
        },
    });
    await mountView({
        type: "form",
        resModel: "cartera.segment",
        resId: 5,
        arch: FORM,
    });
    await contains("[name=domain] input").edit("[('city', '=', 'Oporto')]", {confirm: false});
    await contains(".o_cartera_preview").click();
    await animationFrame();
    expect.verifySteps([
        "crm_cartera.cartera_segment_preview_action",
        JSON.stringify({
            default_dimension_id: 1,
            default_segment_id: 5,
            default_name: "Norte",
            default_domain: "[('city', '=', 'Oporto')]",
            default_sequence: 3,
            default_siblings: false,
        }),
    ]);
});
