import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains} from "@web/../tests/web_test_helpers";

import {DONE, FRAME, openScreen} from "./screen_helpers";

defineMailModels();

const CELLS = [
    {recency: 5, frequency: 5, accounts: 30, monetary: 4.5, revenue: 12000},
    {recency: 1, frequency: 1, accounts: 10, monetary: 1, revenue: -5},
];
const open = (cells = CELLS) =>
    openScreen("crm_cartera.rfm_grid", {
        get_rfm_grid: () => ({...FRAME, cells}),
        open_rfm_cell: () => DONE,
    });
const heat = (cell) => queryOne(`[data-cell='${cell}']`).style.getPropertyValue("--o-cartera-heat");

test("25 cells, coloured by the accounts in them", async () => {
    await open();
    expect(".o_cartera_cell").toHaveCount(25);
    expect(".o_cartera_cell:enabled").toHaveCount(2);
    expect("[data-cell='5-5'] .o_cartera_cell_value").toHaveText("30");
    expect("[data-cell='5-5']").toHaveText(/M 4\.5/);
    expect("[data-cell='5-5']").toHaveAttribute("aria-label", /Accounts: 30 \(75%\)/);
    expect(Number(heat("5-5"))).toBeGreaterThan(Number(heat("1-1")));
    expect(heat("3-3")).toBe("");
    expect(queryAllTexts(".o_cartera_corner").sort()).toEqual([
        "Best",
        "Dormant",
        "Newcomers",
        "Slipping away",
    ]);
});

test("by revenue", async () => {
    const calls = await open();
    await contains("[name=measure] button[data-value=revenue]").click();
    expect("[data-cell='5-5'] .o_cartera_cell_value").toHaveText(/12k/);
    expect(heat("1-1")).toBe("");
    expect(calls.length).toBe(1);
});

test("a cell opens its accounts", async () => {
    const calls = await open();
    await click("[data-cell='1-1']");
    await animationFrame();
    expect(calls.at(-1)).toEqual({
        method: "open_rfm_cell",
        user_id: null,
        recency: 1,
        frequency: 1,
    });
});

test("nobody has bought yet", async () => {
    await open([]);
    expect(".o_cartera_empty").toHaveCount(1);
    expect(".o_cartera_cell").toHaveCount(0);
});
