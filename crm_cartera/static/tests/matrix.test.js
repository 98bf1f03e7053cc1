import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {router} from "@web/core/browser/router";
import {contains, onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {addUp, getGrid, getNext} from "@crm_cartera/matrix/matrix_data";

import {DONE, FRAME, openScreen} from "./screen_helpers";

defineMailModels();

const axis = (id, name, ...names) => ({
    id,
    name,
    segments: names.map((segment, number) => ({
        id: id * 10 + number,
        name: segment,
        color: number,
        description: `About ${segment}`,
    })),
});
const ROWS = axis(1, "Region", "North", "South");
const COLUMNS = axis(2, "Size", "Large", "Small");
const cell = (row, column, accounts, amounts = {}) => ({
    row,
    column,
    accounts,
    revenue: null,
    revenue_prev: null,
    potential: null,
    margin: null,
    ...amounts,
});
const CELLS = [
    cell(10, 20, 6, {revenue: 12000, revenue_prev: 10000, potential: 50000}),
    cell(10, 21, 3, {revenue: 500, revenue_prev: 1000}),
    cell(11, false, 1),
];
const ANSWER = {
    ...FRAME,
    dimensions: [
        {id: 1, name: "Region"},
        {id: 2, name: "Size"},
        {id: 3, name: "Value"},
    ],
    matrices: [
        {id: 7, name: "Regions", row: 1, column: 2, measure: "accounts", may_edit: false},
        {id: 8, name: "Mine", row: 1, column: 3, measure: "revenue", may_edit: true},
    ],
    measures: ["accounts", "revenue", "potential", "growth"],
    matrix: 7,
    description: "Where they are",
    rows: ROWS,
    columns: COLUMNS,
    cells: CELLS,
    strategies: [
        {
            id: 5,
            name: "Invest",
            description: "Visit them",
            color: 10,
            cells: [
                [10, 20],
                [10, 21],
            ],
        },
        {id: 6, name: "Wait", description: false, color: 1, cells: [[11, 20]]},
    ],
};
const open = (answers) =>
    openScreen("crm_cartera.matrix", {
        get_matrix: () => ANSWER,
        open_matrix_cell: () => DONE,
        open_matrix_strategy: () => DONE,
        ...answers,
    });
const value = (name) => `[data-cell='${name}'] .o_cartera_cell_value`;
const heat = (name) => queryOne(`[data-cell='${name}']`).style.getPropertyValue("--o-cartera-heat");

test("cells are added up; what nothing is known of stays unknown", () => {
    const total = addUp(CELLS);
    expect(total.accounts).toBe(10);
    expect(total.revenue).toBe(12500);
    expect(total.margin).toBe(null);
    expect(total.growth.toFixed(4)).toBe("0.1364");
    expect(addUp([cell(1, 2, 1, {revenue: 5, revenue_prev: 0})]).growth).toBe(null);
    expect(addUp([]).revenue).toBe(null);
});

test("there is a line for accounts in no segment if there are any", () => {
    const grid = getGrid({rows: ROWS, columns: COLUMNS, cells: CELLS});
    expect(grid.columns.map(({id}) => id)).toEqual([20, 21, false]);
    expect(grid.rows.map(({segment}) => segment.id)).toEqual([10, 11]);
    expect(grid.rows.map(({total}) => total.accounts)).toEqual([9, 1]);
    expect(grid.totals.map(({accounts}) => accounts)).toEqual([6, 3, 1]);
    expect(grid.total.accounts).toBe(10);
});

test("the arrows pass cells that cannot be entered", () => {
    const enabled = [
        [true, false, true],
        [false, false, true],
    ];
    expect(getNext(enabled, {row: 0, column: 0}, [0, 1])).toEqual({row: 0, column: 2});
    expect(getNext(enabled, {row: 0, column: 0}, [1, 0])).toBe(null);
    expect(getNext(enabled, {row: 0, column: 2}, [1, 0])).toEqual({row: 1, column: 2});
    expect(getNext(enabled, {row: 1, column: 2}, [0, -1])).toBe(null);
});

test("cells, totals and strategies", async () => {
    await open();
    expect(queryAllTexts(".o_cartera_cell_value")).toEqual(["6", "3", "", "", "", "1"]);
    expect(".o_cartera_cell:enabled").toHaveCount(3);
    expect(queryAllTexts(".o_cartera_total")).toEqual(["9", "1", "6", "3", "1", "10"]);
    expect(Number(heat("North|Large"))).toBeGreaterThan(Number(heat("North|Small")));
    expect("[data-cell='North|Large']").toHaveAttribute(
        "aria-label",
        /North × Large\. Accounts: 6 \(60%\)\. Revenue: .*Growth: \+20%.*Strategy: Invest/
    );
    expect("[data-cell='North|Large']").not.toHaveAttribute("aria-label", /Margin/);
    expect("th:contains('No segment of Size')").toHaveCount(1);
    expect(queryAllTexts(".o_cartera_strategy button")).toEqual(["Accounts: 9", "Accounts: 0"]);
    expect("[data-strategy=Wait] button").not.toBeEnabled();
    expect(".o_cartera_content").toHaveText(/Where they are/);
});

test("by revenue and by growth", async () => {
    const calls = await open();
    await contains("[name=measure] button[data-value=revenue]").click();
    expect(value("North|Large")).toHaveText(/12k/);
    expect("[data-cell='South|']").toHaveText(/–/);
    expect("[data-strategy=Invest]").toHaveText(/13k/);
    await contains("[name=measure] button[data-value=growth]").click();
    expect(value("North|Large")).toHaveText("+20%");
    expect(value("North|Small")).toHaveText("-50%");
    expect("[data-cell='North|Small']").toHaveClass("o_cartera_falls");
    expect(calls.length).toBe(1);
});

test("what is clicked is opened", async () => {
    const calls = await open();
    const opened = async (selector) => {
        await click(selector);
        await animationFrame();
        const {row_segment, column_segment} = calls.at(-1);
        return [row_segment, column_segment];
    };
    expect(await opened("[data-cell='North|Large']")).toEqual([10, 20]);
    expect(calls.at(-1)).toEqual({
        method: "open_matrix_cell",
        user_id: null,
        row: 1,
        column: 2,
        row_segment: 10,
        column_segment: 20,
    });
    expect(await opened("[data-cell='South|']")).toEqual([11, false]);
    expect(await opened("tbody tr:first .o_cartera_total button")).toEqual([10, null]);
    expect(await opened("tfoot td:nth-child(4) button")).toEqual([null, false]);
    expect(await opened(".o_cartera_all")).toEqual([null, null]);
    await click("[data-strategy=Invest] button");
    await animationFrame();
    expect(calls.at(-1)).toEqual({method: "open_matrix_strategy", strategy: 5, user_id: null});
});

test("the arrow keys go from cell to cell, Enter opens", async () => {
    const calls = await open();
    queryOne("[data-cell='North|Small']").focus();
    await press("ArrowLeft");
    expect("[data-cell='North|Large']").toBeFocused();
    await press("ArrowDown");
    expect("tfoot td:nth-child(2) button").toBeFocused();
    await press("ArrowUp");
    await press("Enter");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["column_segment", 20]);
});

test("another matrix, other dimensions, and the other way round", async () => {
    const calls = await open();
    const asked = () => {
        const {matrix, row, column} = calls.at(-1);
        return {matrix, row, column};
    };
    expect(asked()).toEqual({matrix: null, row: null, column: null});
    await contains("select[name=matrix]").select("Mine");
    await animationFrame();
    expect(asked()).toEqual({matrix: 8, row: null, column: null});
    await contains("select[name=row]").select("Value");
    await animationFrame();
    expect(asked()).toEqual({matrix: null, row: 3, column: 2});
    await contains("select[name=row]").select("Size");
    await animationFrame();
    expect(asked()).toEqual({matrix: null, row: 2, column: 1});
    await click(".o_cartera_swap");
    await animationFrame();
    expect(asked()).toEqual({matrix: null, row: 2, column: 1});
    await contains("select[name=matrix]").select("Own choice");
    await animationFrame();
    expect(asked()).toEqual({matrix: null, row: 1, column: 2});
});

test("a kept matrix shows its measure; the address says which it is", async () => {
    await open({get_matrix: () => ({...ANSWER, matrix: 8})});
    await animationFrame();
    expect("[name=measure] button.active").toHaveText("Revenue");
    expect(router.current).toInclude(["matrix", 8]);
    expect(router.current).toInclude(["measure", "revenue"]);
    await contains("[name=measure] button[data-value=growth]").click();
    await animationFrame();
    expect(router.current).toInclude(["measure", "growth"]);
});

test("it opens as the address says", async () => {
    const address = {row: 3, column: 1, measure: "potential", salesperson: 0};
    patchWithCleanup(router, {
        get current() {
            return {action: "crm_cartera.matrix", ...address};
        },
    });
    const calls = await open({get_matrix: () => ({...ANSWER, matrix: false})});
    expect(calls[0]).toEqual({
        method: "get_matrix",
        row: 3,
        column: 1,
        matrix: null,
        user_id: false,
    });
    expect("[name=measure] button.active").toHaveText("Potential");
});

test("a choice of one's own takes the matrix out of the address", async () => {
    await open({get_matrix: ({matrix, row}) => ({...ANSWER, matrix: row ? false : (matrix ?? 7)})});
    await animationFrame();
    expect(router.current).toInclude(["matrix", 7]);
    await contains("select[name=row]").select("Size");
    await animationFrame();
    expect(router.current).not.toInclude("matrix");
    expect(router.current).toInclude(["row", 1]);
});

test("one's own matrix can be deleted", async () => {
    onRpc("cartera.matrix", "unlink", ({args}) => {
        expect.step(`unlink ${args[0]}`);
        return true;
    });
    const calls = await open({get_matrix: () => ({...ANSWER, matrix: 8})});
    await click(".o_cartera_delete");
    await animationFrame();
    await contains(".modal .btn-primary").click();
    await animationFrame();
    expect.verifySteps(["unlink 8"]);
    expect(calls.at(-1)).toInclude(["matrix", null]);
});

test("a matrix of others can only be saved anew", async () => {
    await open();
    expect(".o_cartera_save").toHaveCount(1);
    expect(".o_cartera_edit").toHaveCount(0);
    expect(".o_cartera_delete").toHaveCount(0);
});

test("no accounts", async () => {
    await open({get_matrix: () => ({...ANSWER, cells: [], matrix: false})});
    expect(".o_cartera_empty").toHaveText(/No account is in the portfolio/);
    expect("select[name=row]").toHaveCount(1);
});

test("without two dimensions there is nothing to choose", async () => {
    await open({
        get_matrix: () => ({
            ...ANSWER,
            ...{cells: [], rows: false, columns: false, matrix: false, matrices: []},
        }),
    });
    expect(".o_cartera_empty").toHaveText(/crosses two dimensions/);
    expect("select[name=row]").toHaveCount(0);
});
