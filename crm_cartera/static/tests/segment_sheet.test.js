import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, queryAllTexts, select} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, makeServerError} from "@web/../tests/web_test_helpers";

import {DONE, FRAME, openScreen} from "./screen_helpers";

defineMailModels();

const DIMENSIONS = [
    {
        id: 1,
        name: "Size",
        segments: [
            {id: 10, name: "Large"},
            {id: 11, name: "Small"},
        ],
    },
    {id: 2, name: "Zone", segments: [{id: 20, name: "North"}]},
];
const SEGMENT = {
    id: 10,
    name: "Large",
    color: 2,
    description: "The large ones",
    treatment: "Visit them",
    dimension_id: 1,
    dimension: "Size",
};
const FIGURES = {
    accounts: 4,
    clients: 3,
    prospects: 1,
    coverage: 0.75,
    revenue: 800,
    revenue_before: 500,
    growth: 0.6,
    margin: 90,
    potential: 1500,
    open_potential: null,
    affinity: 61.5,
};
const SHEET = {
    ...FRAME,
    dimensions: DIMENSIONS,
    segment: SEGMENT,
    may_see_margin: false,
    figures: FIGURES,
    whole: {...FIGURES, accounts: 16, revenue: 1600, growth: null},
    statuses: ["new", "active", "at_risk", "inactive", "lost", "recovered"].map((code) => ({
        code,
        name: code.toUpperCase(),
        accounts: code === "active" ? 3 : 0,
    })),
    retained: 1,
    top: [{id: 5, name: "Gómez", revenue: 700, trend: -0.1, abc: "A", affinity: 80}],
    since: "2026-01-01",
    months: [
        {date: "2026-02-01", label: "February 2026"},
        {date: "2026-01-01", label: "January 2026"},
    ],
    flows: {entered: [{id: 11, name: "Small", accounts: 2}], left: []},
    basis_accounts: 3,
    marks: [
        {
            trait: "country",
            label: "Country",
            values: [
                {
                    trait: "country",
                    value: 68,
                    name: "Spain",
                    accounts: 3,
                    some_share: 1,
                    all_share: 0.5,
                    lift: 2,
                },
            ],
        },
    ],
};
const openSheet = (answer = SHEET) =>
    openScreen("crm_cartera.segment_sheet", {
        get_segment_sheet: () => answer,
        open_segment: () => DONE,
        open_segment_flow: () => DONE,
        open_segment_trait: () => DONE,
    });

test("a sheet shows the figures of its segment", async () => {
    await openSheet();
    expect(".o_cartera_segment_name").toHaveText(/Large/);
    expect(".o_cartera_treatment").toHaveText(/Visit them/);
    const [accounts, revenue, growth, retained, affinity] = queryAllTexts(
        ".o_cartera_content > .o_cartera_cards .o_cartera_value"
    );
    expect([accounts, growth, retained, affinity]).toEqual(["4", "+60%", "100%", "62"]);
    expect(revenue).toMatch(/800/);
    expect("[name=margin]").toHaveCount(0);
    expect(".o_cartera_top tbody tr").toHaveText(/Gómez.*-10%.*A.*80/s);
    expect(".o_cartera_statuses button").toHaveCount(1);
    expect(".o_cartera_market [name=open_potential] .o_cartera_value").toHaveText("–");
    expect(".o_cartera_marks").toHaveText(/Spain/);
});

test("margins are shown to those who may see them", async () => {
    await openSheet({...SHEET, may_see_margin: true});
    expect("[name=margin] .o_cartera_value").toHaveText(/90/);
});

test("what lies behind the figures opens", async () => {
    const calls = await openSheet();
    const asked = {segment_id: 10, user_id: null};
    for (const [selector, expected] of [
        ["button[name=accounts]", {method: "open_segment", what: "all"}],
        ["button[name=prospects]", {method: "open_segment", what: "prospect"}],
        ["[data-status=active]", {method: "open_segment", what: "active"}],
        [
            "[data-direction=entered] button",
            {
                method: "open_segment_flow",
                direction: "entered",
                other_id: 11,
                since: "2026-01-01",
            },
        ],
        [
            ".o_cartera_mark button",
            {method: "open_segment_trait", trait: "country", value: 68, basis: "best"},
        ],
    ]) {
        await click(selector);
        await animationFrame();
        expect(calls.at(-1)).toEqual({...asked, ...expected});
    }
});

test("another segment, dimension, month and basis are chosen", async () => {
    const calls = await openSheet();
    await click("select[name=segment]");
    await select("Small");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["segment_id", 11]);
    await click("select[name=dimension]");
    await select("Zone");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["segment_id", 20]);
    await click("select[name=since]");
    await select("February 2026");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["since", "2026-02-01"]);
    await contains("[name=basis] button[data-value=all]").click();
    await animationFrame();
    expect(calls.at(-1)).toInclude(["basis", "all"]);
});

test("without any segment", async () => {
    await openSheet({...FRAME, segment: false, dimensions: []});
    expect(".o_cartera_empty").toHaveText(/There is no segment to show/);
});

test("a segment that is gone says so", async () => {
    await openScreen("crm_cartera.segment_sheet", {
        get_segment_sheet: () => {
            throw makeServerError({message: "This segment was deleted."});
        },
    });
    expect(".o_cartera_error").toHaveText(/This segment was deleted/);
});

const reason = (name, helps) => ({
    trait: name,
    label: name,
    name,
    some_share: 0.5,
    all_share: 0.25,
    lift: 2,
    helps,
});
const LIKES = {
    ...FRAME,
    dimensions: DIMENSIONS,
    segment: false,
    best: 4,
    clients: 10,
    marks: [reason("Spain", true)],
    count: 60,
    rows: [
        {
            id: 7,
            name: "Gemela",
            lifecycle: "lead",
            likeness: 87.4,
            potential: 500,
            user: "Marta",
            reasons: [reason("Spain", true), reason("Paint", false)],
        },
    ],
};
const openLikes = (answer = LIKES) =>
    openScreen("crm_cartera.lookalike", {
        get_lookalikes: () => answer,
        open_lookalikes: () => DONE,
        open_best_clients: () => DONE,
    });

test("look-alikes, the most alike first, and why", async () => {
    const calls = await openLikes();
    expect(queryAllTexts(".o_cartera_value")).toEqual(["4", "10", "60"]);
    expect(".o_cartera_likes tbody tr").toHaveText(/Gemela\s+Lead.*87.*Spain.*Paint/s);
    expect(".o_cartera_against").toHaveText("Paint");
    expect(".o_cartera_likes").toHaveText(/and 59 more/);
    await click(".o_cartera_open_likes");
    await animationFrame();
    expect(calls.at(-1)).toEqual({
        method: "open_lookalikes",
        segment_id: null,
        lifecycle: null,
        user_id: null,
    });
    await contains("[name=lifecycle] button[data-value=lead]").click();
    await animationFrame();
    expect(calls.at(-1)).toInclude(["lifecycle", "lead"]);
});

test("why nobody is like them", async () => {
    const answer = {...LIKES, count: 0, rows: []};
    await openLikes({...answer, best: 0, marks: []});
    expect(".o_cartera_nobody").toHaveText(/no such clients/);
});

const row = (id, name, more) => ({
    id,
    name,
    accounts: 4,
    clients: 1,
    prospects: 3,
    prospects_known: 2,
    potential: 120,
    revenue: 100,
    coverage: 0.25,
    ...more,
});

test("the potential market, segment by segment", async () => {
    const calls = await openScreen("crm_cartera.market", {
        get_market: () => ({
            ...FRAME,
            dimensions: DIMENSIONS,
            dimension: 1,
            rows: [
                row(10, "Large"),
                row(11, "Small", {accounts: 0, clients: 0, prospects: 0, coverage: null}),
                row(false, "In no segment"),
            ],
            total: row(false, "Total"),
        }),
        open_market: () => DONE,
        open_portfolio: () => DONE,
    });
    expect(queryAllTexts(".o_cartera_segments tbody th")).toEqual([
        "Large",
        "Small",
        "In no segment",
    ]);
    expect("[data-segment='11'] button:enabled").toHaveCount(1);
    await click("[data-segment='10'] button[name=prospect]");
    await animationFrame();
    expect(calls.at(-1)).toEqual({
        method: "open_market",
        dimension_id: 1,
        segment_id: 10,
        what: "prospect",
        user_id: null,
    });
    await click("button[name=clients]");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["method", "open_portfolio"]);
});
