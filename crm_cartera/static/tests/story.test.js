import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {router} from "@web/core/browser/router";
import {contains, makeServerError} from "@web/../tests/web_test_helpers";

import {DONE, openScreen} from "./screen_helpers";
import {answerFrame, makeCard} from "./scorecard_helpers";

defineMailModels();

const CARD = makeCard({name: "Net revenue", code: "net_revenue"});
const STORY = {
    indicator: CARD,
    indicators: [
        {id: CARD.id, name: "Net revenue"},
        {id: 99, name: "Win rate"},
    ],
    chart: CARD.history,
    splits: [
        {key: "team", label: "Team"},
        {key: "user", label: "Salesperson"},
    ],
    definition: {method: "Built in", unit: "Money", period: "Month", tolerance: 0.1},
    records: true,
};
const ROWS = {
    team: [{key: "team:3", name: "North", value: 900, target: 800, light: "green"}],
    user: [
        {key: "user:7", name: "Lucía", value: 900, target: null, light: "none"},
        {key: "user:8", name: "Mario", value: -300, target: null, light: "none"},
    ],
};
const CONTRIBUTORS = {
    largest: [{profile_id: 5, name: "Ferretería Gómez", value: 700, numerator: 700}],
    smallest: [{profile_id: 6, name: "Talleres Ruiz", value: -300, numerator: -300}],
};

const open = (answers = {}) =>
    openScreen("crm_cartera.story", {
        get_story: (args) => answerFrame(STORY)(args),
        get_story_split: ({by}) => ROWS[by],
        get_story_contributors: () => CONTRIBUTORS,
        open_story_records: () => DONE,
        ...answers,
    });

test("figure, chart, split, contributors and definition", async () => {
    await open();
    expect(".o_cartera_story_value").toHaveText(/1,200/);
    expect(".o_cartera_story_head .o_cartera_light").toHaveText("On target");
    expect(".o_breadcrumb").toHaveText(/Net revenue/);
    const chart = Chart.getChart(queryOne(".o_cartera_chart canvas"));
    expect(chart.data.datasets.map(({label}) => label)).toEqual(["Target", "Net revenue"]);
    expect(chart.data.datasets[1].data).toEqual([900, null, 1200]);
    expect(queryAllTexts(".o_cartera_split tbody th")).toEqual(["North"]);
    expect(".o_cartera_split .o_cartera_light").toHaveText("On target");
    expect("[data-list=best]").toHaveText(/Ferretería Gómez/);
    expect("[data-list=worst]").toHaveText(/300/);
    expect("[data-line=tolerance]").toHaveText("Up to 10% short of it");
    expect(".o_cartera_definition").toHaveText(/In plain words/);
});

test("the records behind the figure", async () => {
    const calls = await open();
    await click(".o_cartera_open_records");
    await animationFrame();
    expect(calls.at(-1)).toEqual({
        method: "open_story_records",
        indicator_id: CARD.id,
        period: "2026-11",
        scope: "company",
    });
});

test("split in another way, without targets", async () => {
    const calls = await open();
    await contains("[name=split] button[data-value=user]").click();
    await animationFrame();
    expect(calls.at(-1)).toInclude(["by", "user"]);
    expect(".o_cartera_split tbody tr").toHaveCount(2);
    expect(".o_cartera_split .o_cartera_light").toHaveCount(0);
    expect("[data-key='user:8'] button").toHaveCount(0, {message: "not his to look at"});
    await click("[data-key='user:7'] button");
    await animationFrame();
    await animationFrame();
    expect(calls.filter(({method}) => method === "get_story").at(-1)).toEqual({
        method: "get_story",
        indicator_id: CARD.id,
        kind: null,
        period: "2026-11",
        scope: "user:7",
    });
    expect(calls.filter(({method}) => method === "get_story_split").at(-1)).toInclude([
        "by",
        "user",
    ]);
});

test("a bar of the chart is a period", async () => {
    const calls = await open();
    const canvas = queryOne(".o_cartera_chart canvas");
    const {x, y} = Chart.getChart(canvas).getDatasetMeta(1).data[2];
    await click(canvas, {position: {x, y: y + 2}, relative: true});
    await animationFrame();
    expect(calls.filter(({method}) => method === "get_story").at(-1)).toInclude([
        "period",
        "2026-11",
    ]);
});

test("another indicator goes into the address", async () => {
    const calls = await open();
    expect(router.current).toInclude(["indicator", CARD.id]);
    await contains("select[name=indicator]").select("Win rate");
    await animationFrame();
    expect(calls.find(({indicator_id}) => indicator_id === 99)).toInclude(["period", "2026-11"]);
});

test("a part that could not be read leaves the rest", async () => {
    await open({
        get_story_contributors: () => {
            throw makeServerError({message: "Too busy"});
        },
    });
    expect(".o_cartera_contributors .o_cartera_error").toHaveText(/Too busy/);
    expect(".o_cartera_split tbody tr").toHaveCount(1);
});

test("the plan of a number that is to grow", async () => {
    const point = {date: "2027-11-30", date_label: "11/30/2027", gap: 500, months: 12};
    const pace = {
        ...point,
        target: 1500,
        needed: 41.2,
        growth: 12.4,
        later: [{...point, target: 900, needed: 0}],
    };
    await open({get_story: answerFrame({...STORY, indicator: {...CARD, pace}})});
    expect(queryAllTexts(".o_cartera_pace li")).toEqual([
        "1,500 by 11/30/2027: 42 a month needed",
        "900 by 11/30/2027: reached",
        "So far +12 a month",
    ]);
});

test("a figure that is not known", async () => {
    const indicator = {
        ...CARD,
        value: null,
        target: null,
        expected: null,
        light: "none",
        previous: null,
        last_year: null,
    };
    const chart = STORY.chart.map((point) => ({...point, value: null, target: null}));
    await open({
        get_story: answerFrame({...STORY, indicator, chart, splits: [], records: false}),
        get_story_contributors: () => ({largest: [], smallest: []}),
    });
    expect(".o_cartera_story_value").toHaveText("–");
    expect(".o_cartera_story_head .o_cartera_light").toHaveText("No data");
    expect(".o_cartera_open_records, .o_cartera_split").toHaveCount(0);
    expect(".o_cartera_contributors").toHaveText(/not made of single accounts/);
});
