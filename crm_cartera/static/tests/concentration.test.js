import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, makeServerError} from "@web/../tests/web_test_helpers";

import {DONE, FRAME, openScreen} from "./screen_helpers";

defineMailModels();

const point = (rank, name, amount, revenueShare) => ({
    first: rank,
    last: rank,
    account_share: rank / 2,
    revenue_share: revenueShare,
    amount,
    names: [{id: rank, name, amount}],
});
const ANSWER = {
    ...FRAME,
    measures: ["revenue", "margin"],
    limits: {A: 0.8, B: 0.95},
    is_part: false,
    figures: {
        account_count: 2,
        revenue: 1000,
        top1_share: 0.9,
        top5_share: 1,
        top10_share: 1,
        top20pct_share: 0.9,
        hhi: 8200,
        gini: 0.4,
    },
    points: [point(1, "Alfa", 900, 0.9), point(2, "Beta", 100, 1)],
    classes: [
        {name: "A", first: 1, last: 1, amount: 900, share: 0.9},
        {name: "B", first: 2, last: 2, amount: 100, share: 0.1},
    ],
};
const EMPTY = {...ANSWER, figures: {account_count: 0}, points: [], classes: []};
const open = (answers) =>
    openScreen("crm_cartera.concentration", {
        get_concentration: () => ANSWER,
        open_concentration: () => DONE,
        open_concentration_class: () => DONE,
        ...answers,
    });

test("cards, curve and classes", async () => {
    await open();
    expect(queryAllTexts(".o_cartera_value")).toEqual([
        "90%",
        "100%",
        "100%",
        "90%",
        "8,200",
        "0.40",
    ]);
    expect(".o_cartera_classes caption").toHaveCount(0);
    expect(queryAllTexts(".o_cartera_classes tbody td")).toEqual(
        ["A", "1", "$ 900.00", "90%", "B", "1", "$ 100.00", "10%"],
        {raw: false}
    );
    const chart = Chart.getChart(queryOne(".o_cartera_chart canvas"));
    expect(chart.data.datasets[0].data).toEqual([
        {x: 0, y: 0},
        {x: 0.5, y: 0.9},
        {x: 1, y: 1},
    ]);
});

test("the arrow keys go along the curve, Enter opens", async () => {
    const calls = await open();
    expect(".o_cartera_point").toHaveText(/Alfa/);
    queryOne(".o_cartera_chart canvas").focus();
    await press("ArrowRight");
    await animationFrame();
    expect(".o_cartera_point").toHaveText(/Beta/);
    await press("ArrowRight");
    await animationFrame();
    expect(".o_cartera_point").toHaveText(/Beta/);
    await press("Enter");
    await animationFrame();
    expect(calls.at(-1)).toEqual({
        method: "open_concentration",
        measure: "revenue",
        user_id: null,
        first: 2,
        last: 2,
    });
});

test("a click on the curve opens the accounts of the point", async () => {
    const calls = await open();
    const canvas = queryOne(".o_cartera_chart canvas");
    const {x, y} = Chart.getChart(canvas).getDatasetMeta(0).data[1];
    await click(canvas, {position: {x, y}, relative: true});
    await animationFrame();
    expect(calls.at(-1)).toInclude(["method", "open_concentration"]);
    expect(calls.at(-1)).toInclude(["first", 1]);
});

test("a class opens by mouse and by key", async () => {
    const calls = await open();
    await click("tr[data-class=B] button");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["grade", "B"]);
    queryOne("tr[data-class=A] button").focus();
    await press("Enter");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["grade", "A"]);
});

test("it says so if the classes are those of a part of the portfolio", async () => {
    await open({get_concentration: () => ({...ANSWER, is_part: true})});
    expect(".o_cartera_classes caption").toHaveText(/Classes among the accounts shown/);
});

test("the measure is read anew, and asked for when accounts are opened", async () => {
    const calls = await open();
    await contains("[name=measure] button[data-value=margin]").click();
    await animationFrame();
    expect(calls.at(-1)).toEqual({
        method: "get_concentration",
        measure: "margin",
        user_id: null,
    });
    await click(".o_cartera_open_point");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["measure", "margin"]);
});

test("no choice of measures without the right to margins", async () => {
    await open({get_concentration: () => ({...ANSWER, measures: ["revenue"]})});
    expect("[name=measure]").toHaveCount(0);
    expect("[name=user]").toHaveCount(0);
});

test("the salesperson is a choice for those who see all", async () => {
    const salespeople = [
        {id: 7, name: "Lucía"},
        {id: false, name: "Unassigned"},
    ];
    const calls = await open({get_concentration: () => ({...ANSWER, salespeople})});
    await contains("select[name=user]").select("Unassigned");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["user_id", false]);
    await contains("select[name=user]").select("Lucía");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["user_id", 7]);
});

test("nothing to analyse", async () => {
    await open({get_concentration: () => ({...EMPTY, may_refresh: true})});
    expect(".o_cartera_empty").toHaveText(/Nothing to analyse yet/);
    expect(".o_cartera_refresh_first").toHaveCount(1);
    expect("canvas").toHaveCount(0);
});

test("an error is shown and can be tried again", async () => {
    let answer = () => {
        throw makeServerError({message: "No database today"});
    };
    await open({get_concentration: () => answer()});
    expect(".o_cartera_error").toHaveText(/No database today/);
    answer = () => ANSWER;
    await click(".o_cartera_error button");
    await animationFrame();
    expect(".o_cartera_error").toHaveCount(0);
    expect(".o_cartera_value").toHaveCount(6);
});
