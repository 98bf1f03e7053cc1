import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Target extends models.Model {
    _name = "cartera.indicator.target";

    unit = fields.Selection({
        selection: [
            ["percent", "%"],
            ["count", "Count"],
        ],
    });
    amount = fields.Float();

    _records = [
        {id: 1, unit: "percent", amount: 0.25},
        {id: 2, unit: "count", amount: 1500},
        {id: 3, unit: "percent", amount: false},
    ];
}

defineMailModels();
defineModels([Target]);

const open = (resId, options = "{}") =>
    mountView({
        type: "form",
        resModel: "cartera.indicator.target",
        resId,
        arch: `
            <form>
                <field name="unit" invisible="1" />
                <field name="amount" widget="cartera_unit_number" options="${options}" />
            </form>`,
    });
const input = ".o_field_widget[name=amount] input";
const save = async (text) => {
    await contains(input).edit(text);
    await contains(".o_form_button_save").click();
};
const expectSaved = (amount) =>
    onRpc("web_save", ({args}) => {
        expect.step("saved");
        expect(args[1].amount).toBe(amount);
    });

test("a rate is read and entered in percent, with or without its sign", async () => {
    expectSaved(0.3);
    await open(1);
    expect(input).toHaveValue("25%");
    await save("30");
    expect(input).toHaveValue("30%");
    await contains(input).edit("12.5%");
    expect(input).toHaveValue("12.5%");
    expect.verifySteps(["saved"]);
});

test("a count shows no decimals that it does not have", async () => {
    expectSaved(1500.5);
    await open(2);
    expect(input).toHaveValue("1,500");
    await save("1500.5");
    expect(input).toHaveValue("1,500.5");
    expect.verifySteps(["saved"]);
});

test("what is emptied is missing, not zero, where that may be", async () => {
    expectSaved(false);
    await open(1, "{'blank': True}");
    await save("");
    expect.verifySteps(["saved"]);
});
