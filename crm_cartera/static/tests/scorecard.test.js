import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {click, press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {Deferred, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    makeServerError,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {router} from "@web/core/browser/router";

import {openScreen} from "./screen_helpers";
import {SCORECARD_FRAME, answerFrame, makeCard} from "./scorecard_helpers";

defineMailModels();

let cards;

beforeEach(() => {
    cards = {
        financial: [
            makeCard({name: "Net revenue"}),
            makeCard({name: "Overdue share", unit: "percent", form: "ratio", light: "red"}),
        ],
        customer: [makeCard({name: "New clients", unit: "count", light: "amber", value: 7})],
        learning: [
            makeCard({
                name: "Contacts",
                unit: "count",
                form: "stock",
                value: null,
                target: null,
                expected: null,
                light: "none",
            }),
        ],
    };
});

const open = (answers = {}) =>
    openScreen("crm_cartera.scorecard", {
        get_scorecard: answerFrame(),
        get_scorecard_cards: ({perspective}) => cards[perspective],
        ...answers,
    });
const card = (name) => `.o_cartera_indicator:contains(${name})`;

test("perspectives are read each on its own, with the same period and scope", async () => {
    const calls = await open();
    expect(calls[0]).toEqual({method: "get_scorecard", kind: null, period: null, scope: null});
    expect(calls.slice(1)).toEqual(
        ["financial", "customer", "learning"].map((perspective) => ({
            method: "get_scorecard_cards",
            perspective,
            period: "2026-11",
            scope: "company",
        }))
    );
    expect(queryAllTexts(".o_cartera_perspective_name")).toEqual([
        "Financial",
        "Customers",
        "Learning and growth",
    ]);
    expect(".o_cartera_indicator").toHaveCount(4);
});

test("a card says value, target, light and what it was", async () => {
    await open();
    expect(`${card("Net revenue")} .o_cartera_indicator_value`).toHaveText(/1,200/);
    expect(`${card("Net revenue")} .o_cartera_light`).toHaveText("On target");
    expect(`${card("Net revenue")} [data-trend=previous]`).toHaveText(/\+20%\s*Oct 2026/);
    expect(`${card("Net revenue")} [data-trend=last_year]`).toHaveText(/−20%\s*Nov 2025/);
    expect(`${card("Net revenue")} .o_cartera_spark rect`).toHaveCount(2);
    expect(card("Overdue share")).toHaveAttribute("aria-label", /Off target/);
    expect(`${card("Contacts")} .o_cartera_indicator_value`).toHaveText("–");
    expect(`${card("Contacts")} .o_cartera_light`).toHaveText("No data");
    expect(`${card("Contacts")} .o_cartera_progress`).toHaveCount(0);
});

test("lights are counted, and narrow the cards down", async () => {
    await open();
    const count = (light) => `.o_cartera_light_count[data-light=${light}]`;
    expect(count("red")).toHaveText(/1\s*Off target/);
    await click(count("red"));
    await animationFrame();
    expect(".o_cartera_indicator").toHaveCount(1);
    expect(card("Overdue share")).toHaveCount(1);
    expect("[data-perspective=customer] .o_cartera_none").toHaveCount(1);
    await click(count("red"));
    await animationFrame();
    expect(".o_cartera_indicator").toHaveCount(4);
});

test("a slow perspective holds no other up, a broken one may be tried again", async () => {
    const slow = new Deferred();
    let answer = () => {
        throw makeServerError({message: "Too busy"});
    };
    await open({
        get_scorecard_cards: ({perspective}) =>
            ({financial: () => slow, customer: () => answer()})[perspective]?.() ??
            cards[perspective],
    });
    expect("[data-perspective=financial] .o_cartera_place").toHaveCount(2);
    expect("[data-perspective=financial]").toHaveAttribute("aria-busy", "true");
    expect("[data-perspective=customer] .o_cartera_error").toHaveText(/Too busy/);
    expect(card("Contacts")).toHaveCount(1);
    answer = () => cards.customer;
    await click("[data-perspective=customer] .o_cartera_error button");
    slow.resolve(cards.financial);
    await animationFrame();
    await animationFrame();
    expect(".o_cartera_indicator").toHaveCount(4);
    expect(".o_cartera_error").toHaveCount(0);
});

test("period and scope go into the address and into every reading", async () => {
    const calls = await open();
    expect("button[name=next]").not.toBeEnabled();
    await click("button[name=previous]");
    await animationFrame();
    await animationFrame();
    expect(calls.at(-1)).toInclude(["period", "2026-10"]);
    await contains("select[name=scope]").select("North");
    await animationFrame();
    await animationFrame();
    expect(calls.at(-1)).toInclude(["scope", "team:3"]);
    expect(calls.at(-1)).toInclude(["period", "2026-10"]);
    expect(router.current).toInclude(["period", "2026-10"]);
    expect(router.current).toInclude(["scope", "team-3"]);
    await contains("[name=kind] button[data-value=year]").click();
    await animationFrame();
    await animationFrame();
    expect(calls.at(-1)).toInclude(["period", "2026"]);
    expect(router.current.period).toBe(undefined, {message: "the running period is not named"});
    expect(router.current).toInclude(["kind", "year"]);
});

test("a card opens its story", async () => {
    const calls = await open({
        get_story: () => ({...SCORECARD_FRAME, indicator: false, indicators: []}),
    });
    const asked = [];
    patchWithCleanup(getService("action"), {
        doAction: (...args) => {
            asked.push(args);
        },
    });
    await click(card("New clients"));
    expect(asked[0][0]).toBe("crm_cartera.cartera_story_action");
    expect(asked[0][1].additionalContext).toEqual({
        cartera_indicator: cards.customer[0].id,
        cartera_kind: "month",
        cartera_period: "2026-11",
        cartera_scope: "company",
    });
    expect(calls.length).toBe(4);
});

test("the arrows go from card to card", async () => {
    await open();
    queryOne(card("Net revenue")).focus();
    await press("ArrowRight");
    await press("ArrowDown");
    expect(card("New clients")).toBeFocused();
    await press("ArrowLeft");
    expect(card("Overdue share")).toBeFocused();
});

test("a closed period says by whom; who may closes it again with a reason", async () => {
    const closed = {
        state: "frozen",
        frozen_date: "2026-11-05 08:00:00",
        frozen_label: "11/05/2026",
        frozen_by: "Marta",
    };
    Object.assign(cards.financial[0], closed, {changed: true, value_now: 1300});
    Object.assign(cards.financial[1], closed);
    const calls = await open({
        get_scorecard: answerFrame({may_refreeze: true}),
        refreeze_scorecard: () => true,
    });
    expect(".o_cartera_closed").toHaveText(/Closed on 11\/05\/2026 by Marta/);
    expect(".o_cartera_closed").toHaveText(/Net revenue would be another figure now/);
    expect(`${card("Net revenue")} .o_cartera_indicator_changed`).toHaveText(/now .*1,300/);
    await click("button[name=refreeze]");
    await animationFrame();
    expect(".o_cartera_refreeze tbody tr").toHaveCount(1);
    expect("button[name=confirm]").not.toBeEnabled();
    await contains(".o_cartera_refreeze textarea").edit("Late invoice");
    await click("button[name=confirm]");
    await animationFrame();
    await animationFrame();
    expect(calls.find(({method}) => method === "refreeze_scorecard")).toEqual({
        method: "refreeze_scorecard",
        indicator_ids: [cards.financial[0].id],
        period: "2026-11",
        reason: "Late invoice",
    });
    expect(".o_cartera_refreeze").toHaveCount(0);
    expect(calls.filter(({method}) => method === "get_scorecard")).toHaveLength(2);
});

test("who may not close again is not offered to", async () => {
    Object.assign(cards.financial[0], {
        state: "frozen",
        frozen_label: "11/05/2026",
        changed: true,
        value_now: null,
    });
    await open();
    expect(".o_cartera_closed").toHaveText(/Closed on 11\/05\/2026\./);
    expect("button[name=refreeze]").toHaveCount(0);
});

test("it prints", async () => {
    patchWithCleanup(browser, {print: () => expect.step("print")});
    await open();
    await click("button[name=print]");
    expect.verifySteps(["print"]);
});

test("no indicator is in use", async () => {
    const perspectives = SCORECARD_FRAME.perspectives.map((of) => ({...of, indicators: 0}));
    const calls = await open({get_scorecard: answerFrame({perspectives})});
    expect(".o_cartera_empty").toHaveText(/No indicator is in use/);
    expect(calls).toHaveLength(1);
});
