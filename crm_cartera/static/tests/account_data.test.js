import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {Deferred, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    makeMockServer,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

import {loadBundle} from "@web/core/assets";

import {DONE} from "./screen_helpers";

class Profile extends models.Model {
    _name = "cartera.profile";

    name = fields.Char();
    purchase_count = fields.Integer();
    revenue_total = fields.Float();

    _records = [
        {id: 1, name: "Alfa"},
        {id: 2, name: "Beta"},
    ];
}

defineMailModels();
defineModels([Profile]);

const MONTH = {
    label: "Mar",
    title: "Mar 2026",
    previous_title: "Mar 2025",
    month: "2026-03-01",
    previous_month: "2025-03-01",
};
const answer = (revenue, previous = 0) => ({
    months: [{...MONTH, revenue, previous}],
    series: ["Last 12 months", "The year before"],
    currency_id: 1,
});

/** Open account 1 of 2; `answers`: {account: () => what the server tells of its months}. */
async function open(answers) {
    // What is waited for later are the answers of the server.
    await makeMockServer();
    await loadBundle("web.chartjs_lib");
    onRpc("cartera.profile", "get_revenue_by_month", ({args}) => answers[args[0][0]]());
    await mountView({
        type: "form",
        resModel: "cartera.profile",
        resId: 1,
        resIds: [1, 2],
        arch: `<form><field name="name"/><widget name="cartera_revenue_chart"/></form>`,
    });
    await animationFrame();
}

const goOn = async () => {
    await contains(".o_pager_next").click();
    await animationFrame();
};
const getBars = () =>
    Chart.getChart(queryOne(".o_cartera_revenue canvas")).data.datasets.map(({data}) => data);

test("a slow answer does not land on the next account, nor hold up the form", async () => {
    const slow = new Deferred();
    await open({1: () => slow, 2: () => answer(20, 5)});
    expect(".o_field_widget[name=name] input").toHaveValue("Alfa");
    expect(".o_cartera_revenue").toHaveAttribute("aria-busy", "true");
    await goOn();
    expect(getBars()).toEqual([[20], [5]]);
    slow.resolve(answer(10));
    await animationFrame();
    expect(".o_field_widget[name=name] input").toHaveValue("Beta");
    expect(getBars()).toEqual([[20], [5]]);
});

test("the bars of one account do not stay on the page of another", async () => {
    const slow = new Deferred();
    await open({1: () => answer(10), 2: () => slow});
    expect(getBars()).toEqual([[10], [0]]);
    await goOn();
    expect(".o_cartera_revenue canvas").toHaveCount(0);
    slow.resolve(answer(20));
    await animationFrame();
    expect(getBars()).toEqual([[20], [0]]);
});

test("an error leaves the form alone and can be tried again", async () => {
    const server = {
        get: () => {
            throw makeServerError({message: "No months today"});
        },
    };
    await open({1: () => server.get(), 2: () => answer(20)});
    expect(".o_field_widget[name=name] input").toHaveValue("Alfa");
    expect(".o_cartera_error").toHaveText(/No months today/);
    server.get = () => answer(10);
    await contains(".o_cartera_error button").click();
    await animationFrame();
    expect(".o_cartera_error").toHaveCount(0);
    expect(getBars()).toEqual([[10], [0]]);
});

test("an error does not follow to the next account", async () => {
    const fail = () => {
        throw makeServerError({message: "No months today"});
    };
    await open({1: fail, 2: () => answer(20)});
    await goOn();
    expect(".o_cartera_error").toHaveCount(0);
    expect(getBars()).toEqual([[20], [0]]);
});

test("the same as a table, whose amounts open their month", async () => {
    onRpc("cartera.profile", "action_open_month", ({args}) => {
        expect.step(args[1]);
        return DONE;
    });
    await open({1: () => answer(10, 5)});
    await contains("[name=shape] button[data-value=table]").click();
    expect(queryAllTexts(".o_cartera_months th")).toEqual([
        "Month",
        "Last 12 months",
        "The year before",
        "Mar",
    ]);
    expect(queryAllTexts(".o_cartera_months td")).toEqual(["$ 10.00", "$ 5.00"]);
    await contains(".o_cartera_months td:last button").click();
    expect.verifySteps(["2025-03-01"]);
});

test("no months with revenue", async () => {
    await open({1: () => answer(0)});
    expect(".o_cartera_revenue").toHaveText("No revenue in the last 24 months.");
});
