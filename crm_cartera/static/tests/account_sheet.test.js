import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, queryAllAttributes, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

import {DONE} from "./screen_helpers";

defineMailModels();

const HEADER = {
    code: "header",
    lifecycle: {value: "client", text: "Client", since: "2025-01-05"},
    stage: "Regular",
    active: true,
    user: {id: 2, name: "Lucía"},
    judged: [
        {
            name: "retention_status",
            label: "Retention",
            value: "at_risk",
            text: "At risk",
            reason: "It is late",
        },
    ],
    segments: [{id: 3, name: "Large", color: 2, dimension: "Size", key: true}],
    treatments: [{segment: "Large", text: "Visit it"}],
    reached: {phone: "612345678", city: "Jaén"},
    priority: null,
    priority_reason: null,
    suggested: null,
    completeness: null,
};
const KINDS = [
    {code: "invoice", label: "Invoices", icon: "fa-file", main: true},
    {code: "segment", label: "Segments", icon: "fa-tags", main: false},
];
const figure = (name, kind, value, below = null) => ({
    name,
    label: name,
    kind,
    value,
    opens: value !== null,
    help: "",
    below,
});
const SHEET = {
    id: 7,
    name: "Gómez",
    partner_id: 70,
    currency_id: 1,
    company: false,
    actions: ["action_schedule", "action_new_opportunity"],
    blocks: [
        HEADER,
        {
            code: "alerts",
            alerts: [
                {
                    code: "overdue",
                    level: "danger",
                    text: "It owes $ 10",
                    figure: "overdue",
                    action: false,
                },
                {
                    code: "no_action",
                    level: "warning",
                    text: "Nothing is planned",
                    figure: false,
                    action: "action_schedule",
                },
            ],
        },
        {
            code: "figures",
            figures: [
                figure("revenue_12m", "money", 1500, figure("trend", "change", -0.25)),
                figure("affinity_score", "count", null),
            ],
        },
        {code: "timeline", kinds: KINDS},
        {code: "stock", title: "Stock", lines: [{label: "Pallets", value: "3"}]},
    ],
};
const entry = (key, date) => ({
    key,
    kind: "invoice",
    date,
    time: false,
    future: false,
    title: `Invoice ${key}`,
    text: false,
    person: false,
    amount: 10,
    target: {model: "cartera.document", id: 1},
});

async function openSheet(answer, params = {profile_id: 7}) {
    onRpc("cartera.screen.sheet", "get_sheet", ({args}) => {
        expect.step(["get_sheet", ...args]);
        return answer();
    });
    onRpc("cartera.timeline", "get_timeline", ({args, kwargs}) => {
        expect.step(["get_timeline", ...args, kwargs.kinds, kwargs.before]);
        return kwargs.before
            ? {entries: [entry("c", "2026-01-01")], next: false}
            : {entries: [entry("a", "2026-02-02"), entry("b", "2026-02-02")], next: "token"};
    });
    onRpc("cartera.profile", "action_open_figure", ({args}) => {
        expect.step(["action_open_figure", ...args]);
        return DONE;
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_cartera.account_sheet",
        name: "Customer sheet",
        params,
    });
    await animationFrame();
}

test("a sheet shows its blocks, a bridge's too", async () => {
    await openSheet(() => SHEET);
    await animationFrame();
    expect.verifySteps([
        ["get_sheet", 7],
        ["get_timeline", 7, ["invoice"], false],
    ]);
    expect(".o_cartera_account_name").toHaveText("Gómez");
    expect(".o_cartera_lifecycle").toHaveText("Client");
    expect("[data-judged=retention_status]").toHaveAttribute("title", "Retention: It is late");
    expect(".o_cartera_segment").toHaveText("Large");
    expect(".o_cartera_treatments").toHaveText("Large: Visit it");
    expect("[data-way=phone] a").toHaveAttribute("href", "tel:612345678");
    expect(".o_cartera_priority").toHaveCount(0);
    expect("[data-figure=revenue_12m]").toHaveText(/1,500.*-25%/s);
    expect("[data-figure=affinity_score]").toHaveText(/–/);
    expect("[data-figure=affinity_score] button").toHaveCount(0);
    expect("[data-block=stock]").toHaveText(/Stock.*Pallets.*3/s);
    expect(queryAllAttributes(".o_cartera_buttons button", "name")).toEqual([
        "action_schedule",
        "action_new_opportunity",
        "open_account",
    ]);
});

const PROBLEM = {
    code: "problem",
    level: "danger",
    text: "It has no answer",
    figure: false,
    action: "action_answer_problem",
};
const answered = (actions) => ({
    ...SHEET,
    actions,
    blocks: [HEADER, {code: "alerts", alerts: [PROBLEM]}],
});

test("a problem is answered by whoever may log a contact", async () => {
    onRpc("cartera.profile", "action_answer_problem", ({args}) => {
        expect.step(["action_answer_problem", ...args]);
        return DONE;
    });
    await openSheet(() => answered(["action_capture"]));
    expect("[data-alert=problem] button").toHaveText("Answer it");
    await contains("[data-alert=problem] button").click();
    await animationFrame();
    // It is read again when the dialog closes.
    expect.verifySteps([
        ["get_sheet", 7],
        ["action_answer_problem", [7]],
        ["get_sheet", 7],
    ]);
});

test("others see the problem without a button", async () => {
    await openSheet(() => answered([]));
    expect("[data-alert=problem]").toHaveCount(1);
    expect("[data-alert=problem] button").toHaveCount(0);
    expect.verifySteps([["get_sheet", 7]]);
});

test("figures and alerts open what is behind them", async () => {
    await openSheet(() => SHEET);
    await contains("[data-figure=revenue_12m] button").click();
    await contains("[data-alert=overdue] button").click();
    expect.verifySteps([
        ["get_sheet", 7],
        ["get_timeline", 7, ["invoice"], false],
        ["action_open_figure", [7], "revenue_12m"],
        ["action_open_figure", [7], "overdue"],
    ]);
});

test("the timeline is filtered and paged by the server", async () => {
    await openSheet(() => SHEET);
    await animationFrame();
    expect(".o_cartera_day").toHaveCount(1);
    await contains(".o_cartera_more").click();
    expect(".o_cartera_day").toHaveCount(2);
    expect(queryAllTexts(".o_cartera_entry button")).toEqual([
        "Invoice a",
        "Invoice b",
        "Invoice c",
    ]);
    expect(".o_cartera_more").toHaveCount(0);
    await contains("[data-kind=segment].btn").click();
    expect("[data-kind=segment].btn").toHaveAttribute("aria-pressed", "true");
    await contains("[data-kind=all]").click();
    expect("[data-kind=segment].btn").toHaveAttribute("aria-pressed", "false");
    expect(".o_cartera_entry").toHaveCount(2);
    expect.verifySteps([
        ["get_sheet", 7],
        ["get_timeline", 7, ["invoice"], false],
        ["get_timeline", 7, ["invoice"], "token"],
        ["get_timeline", 7, ["segment"], false],
        ["get_timeline", 7, null, false],
    ]);
});

test("a refusal is told, and tried again", async () => {
    let isRefused = true;
    await openSheet(() => {
        if (isRefused) {
            throw makeServerError({message: "There is no such account"});
        }
        return SHEET;
    });
    expect(".o_cartera_error").toHaveText(/There is no such account/);
    expect(".o_cartera_block").toHaveCount(0);
    isRefused = false;
    await click(".o_cartera_error button");
    await animationFrame();
    expect(".o_cartera_account_name").toHaveText("Gómez");
    expect.verifySteps([
        ["get_sheet", 7],
        ["get_sheet", 7],
        ["get_timeline", 7, ["invoice"], false],
    ]);
});

test("without an account there is nothing to show", async () => {
    await openSheet(() => ({id: false}), {});
    expect(".o_cartera_empty").toHaveCount(1);
    expect(".o_cartera_buttons").toHaveCount(0);
    expect.verifySteps([["get_sheet", null]]);
});
