import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, makeServerError} from "@web/../tests/web_test_helpers";

import {DONE, FRAME, openScreen} from "./screen_helpers";

defineMailModels();

const STATUSES = ["new", "active", "at_risk", "inactive", "lost", "recovered"];
const ANSWER = {
    ...FRAME,
    statuses: STATUSES.map((code) => ({code, name: code.toUpperCase()})),
    dates: [
        {date: "2025-12-31", label: "Dec 2025"},
        {date: "2026-01-31", label: "Jan 2026"},
        {date: "2026-02-28", label: "Feb 2026"},
    ],
    history: Object.fromEntries(
        STATUSES.map((code) => [code, code === "lost" ? [0, 1, 3] : [0, 0, 0]])
    ),
    today: {active: 7, lost: 2},
};
const CHANGES = {
    counts: {all: 120, worse: 119, better: 2},
    rows: [
        {
            id: 1,
            profile_id: 5,
            name: "Ferretería Gómez",
            date: "2026-03-14",
            from_status: "active",
            to_status: "at_risk",
            direction: "worse",
        },
    ],
};
const open = (answer = ANSWER, changes = CHANGES) =>
    openScreen("crm_cartera.retention", {
        get_retention: () => answer,
        get_retention_changes: () => changes,
        open_retention: () => DONE,
        open_retention_changes: () => DONE,
    });

test("status of today, bars of the recorded month ends, changes", async () => {
    await open();
    expect(queryAllTexts(".o_cartera_value")).toEqual(["7", "0", "0", "0", "0", "2"]);
    const chart = Chart.getChart(queryOne(".o_cartera_chart canvas"));
    expect(chart.data.labels).toEqual(["Jan 2026", "Feb 2026", "Today"]);
    const lost = chart.data.datasets.find(({label}) => label === "LOST");
    expect(lost.data).toEqual([1, 3, 2]);
    expect(".o_cartera_no_history").toHaveCount(0);
    expect(".o_cartera_changes").toHaveText(/Ferretería Gómez/);
    expect(".o_cartera_changes").toHaveText(/and 119 more/);
    expect(queryAllTexts(".o_cartera_changes [name=direction] button")).toEqual([
        "All 120",
        "Worse 119",
        "Better 2",
    ]);
});

test("a status of today opens, one without accounts does not", async () => {
    const calls = await open();
    expect("[name=new]").toHaveText(/0/);
    expect("button[name=new]").toHaveCount(0);
    await click("button[name=lost]");
    await animationFrame();
    expect(calls.at(-1)).toEqual({
        method: "open_retention",
        user_id: null,
        status: "lost",
        date: false,
    });
});

test("a bar opens the accounts of its month end", async () => {
    const calls = await open();
    const canvas = queryOne(".o_cartera_chart canvas");
    const chart = Chart.getChart(canvas);
    const number = chart.data.datasets.findIndex(({label}) => label === "LOST");
    const {x, y, base} = chart.getDatasetMeta(number).data[1];
    await click(canvas, {position: {x, y: (y + base) / 2}, relative: true});
    await animationFrame();
    expect(calls.at(-1)).toInclude(["date", "2026-02-28"]);
});

test("the same as a table", async () => {
    const calls = await open();
    await contains("[name=shape] button[data-value=table]").click();
    expect(".o_cartera_chart").toHaveCount(0);
    expect(".o_cartera_months tbody tr").toHaveCount(3);
    await click(".o_cartera_months tbody tr:nth-child(2) button:enabled");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["status", "lost"]);
    expect(calls.at(-1)).toInclude(["date", "2026-02-28"]);
});

test("changes for the worse, and their accounts", async () => {
    const calls = await open();
    await contains("[name=direction] button[data-value=worse]").click();
    await animationFrame();
    expect(calls.at(-1)).toEqual({
        method: "get_retention_changes",
        direction: "worse",
        user_id: null,
    });
    await click(".o_cartera_open_changes");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["method", "open_retention_changes"]);
    expect(calls.at(-1)).toInclude(["direction", "worse"]);
});

test("an account that changed twice is one account", async () => {
    const rows = [CHANGES.rows[0], {...CHANGES.rows[0], id: 2, direction: "better"}];
    await open(ANSWER, {counts: {all: 3, worse: 3, better: 1}, rows});
    expect(".o_cartera_changes tr[data-direction]").toHaveCount(2);
    expect(".o_cartera_changes").toHaveText(/and 2 more/);
});

test("changes that could not be read can be tried again", async () => {
    const server = {get: () => CHANGES};
    const calls = await openScreen("crm_cartera.retention", {
        get_retention: () => ANSWER,
        get_retention_changes: () => server.get(),
    });
    server.get = () => {
        throw makeServerError({message: "Too busy"});
    };
    await contains("[name=direction] button[data-value=worse]").click();
    await animationFrame();
    expect(".o_cartera_changes .o_cartera_error").toHaveText(/Too busy/);
    expect(".o_cartera_changes tr, .o_cartera_open_changes").toHaveCount(0);
    server.get = () => CHANGES;
    await click(".o_cartera_changes .o_cartera_error button");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["direction", "worse"]);
    expect(".o_cartera_changes tr[data-direction]").toHaveCount(1);
});

test("before the first month end", async () => {
    const history = Object.fromEntries(STATUSES.map((code) => [code, [0, 0, 0]]));
    await open({...ANSWER, history}, {counts: {all: 0, worse: 0, better: 0}, rows: []});
    expect(".o_cartera_no_history").toHaveCount(1);
    expect(".o_cartera_changes").toHaveText(/Nobody changed/);
    expect(".o_cartera_open_changes").toHaveCount(0);
});
