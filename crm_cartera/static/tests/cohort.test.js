import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains} from "@web/../tests/web_test_helpers";

import {DONE, FRAME, openScreen} from "./screen_helpers";

defineMailModels();

const COHORTS = [
    {
        date: "2025-12-01",
        label: "Dec 2025",
        accounts: 0,
        cells: Array(3).fill({accounts: 0, revenue: 0}),
    },
    {
        date: "2026-01-01",
        label: "Jan 2026",
        accounts: 4,
        cells: [
            {accounts: 4, revenue: 4000},
            {accounts: 1, revenue: 50},
        ],
    },
    {date: "2026-02-01", label: "Feb 2026", accounts: 1, cells: [{accounts: 1, revenue: 10}]},
];
const open = (cohorts = COHORTS) =>
    openScreen("crm_cartera.cohort", {
        get_cohorts: ({period}) => ({...FRAME, period, cohorts}),
        open_cohort: () => DONE,
    });
const texts = () => queryAllTexts(".o_cartera_cell");
const totals = () => queryAllTexts(".o_cartera_cohorts tfoot td");

test("who still buys: share, accounts, revenue", async () => {
    const calls = await open();
    expect(texts()).toEqual(["100%", "25%", "100%"]);
    expect(totals()).toEqual(["5", "100%", "25%"]);
    await contains("[name=measure] button[data-value=accounts]").click();
    expect(texts()).toEqual(["4", "1", "1"]);
    expect(totals()).toEqual(["5", "5", "1"]);
    await contains("[name=measure] button[data-value=revenue]").click();
    expect(texts()[0]).toMatch(/4\.0k/);
    expect(calls.length).toBe(1);
    expect(".o_cartera_open").toHaveCount(2);
});

test("quarters and more cohorts are read anew", async () => {
    const calls = await open();
    await contains("[name=period] button[data-value=quarter]").click();
    await contains("[name=count] button[data-value='24']").click();
    await animationFrame();
    expect(calls.at(-1)).toEqual({
        method: "get_cohorts",
        period: "quarter",
        count: 24,
        user_id: null,
    });
});

test("a cell opens its accounts, the first column all of the cohort", async () => {
    const calls = await open();
    await click("[data-cohort='2026-01-01'] [data-age='1']");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["start", "2026-01-01"]);
    expect(calls.at(-1)).toInclude(["age", 1]);
    expect(calls.at(-1)).toInclude(["period", "month"]);
    expect(calls.at(-1)).toInclude(["measure", "accounts"]);
    await click("[data-cohort='2026-01-01'] .btn-link");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["age", null]);
});

test("behind a revenue there may be refunds only", async () => {
    const [, january] = COHORTS;
    const cells = [january.cells[0], {accounts: 0, revenue: -20}, {accounts: 1, revenue: 0}];
    const calls = await open([{...january, cells}]);
    expect("[data-age='1']").not.toBeEnabled();
    expect("[data-age='2']").toBeEnabled();
    await contains("[name=measure] button[data-value=revenue]").click();
    expect("[data-age='2']").not.toBeEnabled();
    await click("[data-age='1']");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["age", 1]);
    expect(calls.at(-1)).toInclude(["measure", "revenue"]);
});

test("no cohort has accounts", async () => {
    await open([{date: "2026-02-01", label: "Feb 2026", accounts: 0, cells: []}]);
    expect(".o_cartera_empty").toHaveCount(1);
});
