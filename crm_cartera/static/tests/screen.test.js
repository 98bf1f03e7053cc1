import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, queryFirst} from "@odoo/hoot-dom";
import {Deferred, animationFrame} from "@odoo/hoot-mock";
import {contains, makeServerError} from "@web/../tests/web_test_helpers";

import {DONE, FRAME, openScreen} from "./screen_helpers";

defineMailModels();

const SALESPEOPLE = [
    {id: 7, name: "Lucía"},
    {id: 8, name: "Mario"},
];
/** Cohorts whose label tells with which choices they were read. */
const answer = ({period, user_id}) => ({
    ...FRAME,
    salespeople: SALESPEOPLE,
    period,
    cohorts: [
        {
            date: "2026-01-01",
            label: `${period} of ${user_id}`,
            accounts: 4,
            cells: [{accounts: 4, revenue: 4000}],
        },
    ],
});
const fail = () => {
    throw makeServerError({message: "Too busy"});
};
const open = (server) =>
    openScreen("crm_cartera.cohort", {
        get_cohorts: (args) => server.get(args),
        open_cohort: () => DONE,
    });
const choosePeriod = (period) => contains(`[name=period] button[data-value=${period}]`).click();

test("figures of other choices than those on the screen do not stay", async () => {
    const server = {get: answer};
    const calls = await open(server);
    server.get = fail;
    await choosePeriod("quarter");
    await animationFrame();
    expect(".o_cartera_error").toHaveText(/Too busy/);
    expect(".o_cartera_content").toHaveCount(0);
    expect("[name=period] button[aria-pressed=true]").toHaveText("Quarters");
    expect("select[name=user] option").toHaveCount(3, {message: "one may still choose"});
    server.get = answer;
    await click(".o_cartera_error button");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["period", "quarter"]);
    expect(".o_cartera_error").toHaveCount(0);
    expect("[data-cohort] th").toHaveText("quarter of null");
});

test("while figures are read, those before them do nothing", async () => {
    const server = {get: answer};
    const calls = await open(server);
    server.get = () => new Deferred();
    await choosePeriod("quarter");
    await animationFrame();
    expect(".o_cartera_content").toHaveAttribute("inert");
    expect(".o_cartera_body").toHaveAttribute("aria-busy", "true");
    queryFirst(".o_cartera_cell").focus();
    expect(".o_cartera_cell").not.toBeFocused();
    expect(calls).toHaveLength(2);
});

test("what is opened is what is shown, whichever answer comes first", async () => {
    const server = {get: answer};
    const calls = await open(server);
    const slow = new Deferred();
    server.get = () => slow;
    await contains("select[name=user]").select("Lucía");
    server.get = answer;
    await contains("select[name=user]").select("Mario");
    await animationFrame();
    slow.resolve(answer({period: "month", user_id: 7}));
    await animationFrame();
    expect("[data-cohort] th").toHaveText("month of 8");
    expect(".o_cartera_content").not.toHaveAttribute("inert");
    await click(".o_cartera_cell");
    await animationFrame();
    expect(calls.at(-1)).toInclude(["method", "open_cohort"]);
    expect(calls.at(-1)).toInclude(["user_id", 8]);
});
