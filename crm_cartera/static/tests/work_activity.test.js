import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Work extends models.Model {
    _name = "cartera.work";

    account_name = fields.Char();
    activity_id = fields.Many2one({relation: "mail.activity"});
    activity_ids = fields.Many2many({relation: "mail.activity"});
    activity_state = fields.Selection({
        selection: [
            ["overdue", "Overdue"],
            ["today", "Today"],
            ["planned", "Planned"],
        ],
    });
    lead_id = fields.Many2one({relation: "crm.lead"});
    partner_id = fields.Many2one({relation: "res.partner"});
    profile_id = fields.Many2one({relation: "cartera.profile"});

    _records = [
        {
            id: 1,
            account_name: "Sol",
            activity_id: 9,
            activity_ids: [9],
            profile_id: 5,
            partner_id: 17,
        },
        {id: 2, account_name: "Paco", activity_id: 10, activity_ids: [10], lead_id: 8},
    ];
}

class Profile extends models.Model {
    _name = "cartera.profile";
    name = fields.Char();
    _records = [{id: 5, name: "Sol"}];
}

class Lead extends models.Model {
    _name = "crm.lead";
    name = fields.Char();
    _records = [{id: 8, name: "Paco"}];
}

class Activity extends models.Model {
    _name = "mail.activity";
    _records = [{id: 9}, {id: 10}];
}

defineMailModels();
defineModels([Work, Profile, Lead, Activity]);

const cell = (id, state) => ({
    count_by_state: {[state]: 1},
    ids: [id],
    reporting_date: "2024-05-15",
    state,
    user_assigned_ids: [],
    summaries: ["Llamar"],
});

const ARCH = `
    <activity string="Today" js_class="cartera_work_activity">
        <field name="lead_id"/>
        <field name="partner_id"/>
        <field name="profile_id"/>
        <templates>
            <div t-name="activity-box"><field name="account_name"/></div>
        </templates>
    </activity>`;

beforeEach(async () => {
    mockService("action", {
        doAction(action, options) {
            const {res_model: model, res_id: id, context} = action;
            const kind = context?.default_activity_type_id;
            expect.step([model, id || [context.active_model, context.active_ids[0], kind]]);
            options?.onClose?.();
        },
    });
    // The mock server knows no path through several records: ours are those with an activity.
    onRpc("cartera.work", "web_search_read", ({kwargs, parent}) => {
        expect(kwargs.domain).toEqual([["activity_ids.active", "in", [true, false]]]);
        kwargs.domain = [];
        return parent();
    });
    onRpc("action_open_sheet", ({args}) => ({res_model: "sheet", res_id: args[0][0]}));
    onRpc("mail.activity", "activity_format", ({args}) => ({
        "mail.activity": args[0].map((id) => ({
            id,
            activity_type_id: [1, "Call"],
            date_deadline: "2024-05-15",
            display_name: "Llamar",
            res_id: 8,
            res_model: "crm.lead",
            state: "today",
        })),
    }));
    onRpc("mail.activity", "get_activity_data", ({kwargs}) => {
        expect.step(kwargs.res_model);
        return {
            activity_res_ids: [2, 1],
            activity_types: [
                {id: 1, name: "Call", template_ids: []},
                {id: 2, name: "Visit", template_ids: []},
            ],
            grouped_activities: {1: {2: cell(9, "overdue")}, 2: {1: cell(10, "today")}},
        };
    });
    await mountView({type: "activity", resModel: "cartera.work", arch: ARCH});
    expect.verifySteps(["cartera.work"]);
});

test("rows in the order of the list, a column for each type", async () => {
    const rows = queryAllTexts(".o_activity_record");
    expect(rows).toEqual(["Paco", "Sol"]);
    expect(".o_activity_summary_cell.overdue").toHaveCount(1);
    expect(".o_activity_summary_cell.today").toHaveCount(1);
    expect(".o_activity_empty_cell").toHaveCount(2);
});

test("a row opens its account", async () => {
    await contains(".o_activity_record:eq(1)").click();
    expect.verifySteps([["sheet", 5]]);
});

test("an empty cell plans on the lead or the contact, and the list is read again", async () => {
    await contains(".o_activity_empty_cell:eq(0)").click();
    await animationFrame();
    expect.verifySteps([["mail.activity.schedule", ["crm.lead", 8, 2]], "cartera.work"]);
    await contains(".o_activity_empty_cell:eq(1)").click();
    await animationFrame();
    expect.verifySteps([["mail.activity.schedule", ["res.partner", 17, 1]], "cartera.work"]);
});

test("another activity is planned on what the due one is on", async () => {
    await contains(".o_activity_summary_cell.today > div").click();
    expect(".o-mail-ActivityListPopover").toHaveCount(1);
    await contains(".o-mail-ActivityListPopover > button").click();
    await animationFrame();
    expect.verifySteps([["mail.activity.schedule", ["crm.lead", 8, 1]], "cartera.work"]);
});
