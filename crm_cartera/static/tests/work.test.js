import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {click, press, queryFirst} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const row = (id, account_name, values = {}) => ({
    id,
    account_name,
    kind: "account",
    source_id: id * 10,
    ...values,
});

class Work extends models.Model {
    _name = "cartera.work";

    account_name = fields.Char();
    kind = fields.Selection({
        selection: [
            ["account", "Account"],
            ["activity", "Activity"],
            ["lead", "Lead"],
        ],
    });
    source_id = fields.Integer();
    activity_id = fields.Many2one({relation: "mail.activity"});
    company_id = fields.Many2one({relation: "res.company"});
    lead_id = fields.Many2one({relation: "crm.lead"});
    partner_id = fields.Many2one({relation: "res.partner"});
    profile_id = fields.Many2one({relation: "cartera.profile"});
    user_id = fields.Many2one({relation: "res.users"});

    _records = [
        row(1, "Gómez", {profile_id: 7, partner_id: 17}),
        row(2, "Paco", {kind: "lead", lead_id: 8}),
        row(3, "Sol", {kind: "activity", activity_id: 9, profile_id: 5, partner_id: 17}),
    ];
}

class Profile extends models.Model {
    _name = "cartera.profile";
    name = fields.Char();
    _records = [
        {id: 5, name: "Sol"},
        {id: 7, name: "Gómez"},
    ];
}

class Lead extends models.Model {
    _name = "crm.lead";
    name = fields.Char();
    _records = [{id: 8, name: "Paco"}];
}

class Activity extends models.Model {
    _name = "mail.activity";
    _records = [{id: 9}];
}

defineMailModels();
defineModels([Work, Profile, Lead, Activity]);

const ARCH = `
    <list js_class="cartera_work_list">
        <field name="account_name"/>
        <widget name="cartera_work_buttons"/>
    </list>`;
/** What the last dialog does when it closes. */
let close = null;

beforeEach(() => {
    mockService("action", {
        doAction(action, options) {
            const {res_model: model, res_id: id, context} = action;
            expect.step([model, id || context?.active_ids?.[0] || context?.default_source_id]);
            close = options?.onClose;
        },
    });
    onRpc("cartera.capture", "open_for_work", ({kwargs}) => ({
        res_model: kwargs.lead_id ? "capture of crm.lead" : "capture of cartera.profile",
        res_id: kwargs.lead_id || kwargs.profile_id,
    }));
    onRpc("action_open_sheet", ({args}) => ({res_model: "sheet", res_id: args[0][0]}));
});

const open = () => mountView({type: "list", resModel: "cartera.work", arch: ARCH});
const focused = () => document.activeElement.closest(".o_data_row")?.textContent.trim();

async function key(...keys) {
    for (const name of keys) {
        await press(name);
        await animationFrame();
    }
}

test("the first row has the focus, arrows move it", async () => {
    await open();
    expect(focused()).toBe("Gómez");
    await key("ArrowDown");
    expect(focused()).toBe("Paco");
    await key("ArrowUp");
    expect(focused()).toBe("Gómez");
});

test("a key does something with the row of the focus", async () => {
    await open();
    await key("l");
    expect.verifySteps([["capture of cartera.profile", 7]]);
    await key("ArrowDown", "l");
    expect.verifySteps([["capture of crm.lead", 8]]);
    await key("n", "s");
    expect.verifySteps([
        ["mail.activity.schedule", 8],
        ["cartera.work.skip", 20],
    ]);
    await key("o");
    expect.verifySteps([["crm.lead", 8]]);
});

test("a due activity gets another day; Enter opens the account", async () => {
    await open();
    await key("ArrowDown", "ArrowDown", "n");
    expect.verifySteps([["mail.activity", 9]]);
    await key("Enter");
    expect.verifySteps([["sheet", 5]]);
});

test("what is done disappears, and the next row gets the focus", async () => {
    await open();
    await key("s");
    expect.verifySteps([["cartera.work.skip", 10]]);
    MockServer.env["cartera.work"].unlink([1]);
    await close();
    await animationFrame();
    expect(".o_data_row").toHaveCount(2);
    expect(focused()).toBe("Paco");
    await key("ArrowDown", "s");
    expect.verifySteps([["cartera.work.skip", 30]]);
    await close();
    await animationFrame();
    expect(focused()).toBe("Sol", {message: "it was not skipped after all"});
    MockServer.env["cartera.work"].unlink([3]);
    await close();
    await animationFrame();
    expect(focused()).toBe("Paco");
});

test("the buttons do the same for the mouse, on their row", async () => {
    await open();
    await contains(".o_data_row:eq(1) button[name=work_skip]").click();
    expect.verifySteps([["cartera.work.skip", 20]]);
    await contains(".o_data_row:eq(0) button[name=work_log]").click();
    expect.verifySteps([["capture of cartera.profile", 7]]);
    expect(queryFirst("button[name=work_log]")).toHaveAttribute("aria-label");
});

test("letters typed into the search are letters", async () => {
    await mountView({
        type: "list",
        resModel: "cartera.work",
        arch: ARCH,
        searchViewArch: `<search><field name="account_name"/></search>`,
    });
    await click(".o_searchview_input");
    await key("l", "s");
    expect.verifySteps([]);
});

test("work on what belongs to somebody else opens the activity", async () => {
    Work._records = [row(4, "", {kind: "activity", activity_id: 9})];
    await open();
    await key("o");
    expect.verifySteps([["mail.activity", 9]]);
});
