import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, hover, leave, queryAllTexts, queryFirst} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, mockTouch} from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

import {OPEN_DELAY} from "@web/core/tooltip/tooltip_service";

class Profile extends models.Model {
    _name = "cartera.profile";

    status = fields.Selection({selection: [["at_risk", "At risk"]]});
    reason = fields.Char();
    score = fields.Integer();

    _records = [
        {id: 1, status: "at_risk", reason: "buys every 21 d"},
        {id: 2, status: false},
    ];
}

defineMailModels();
defineModels([Profile]);

const open = () =>
    mountView({
        type: "list",
        resModel: "cartera.profile",
        arch: `
            <list>
                <field
                    name="status"
                    widget="cartera_reason_badge"
                    options="{'reason_field': 'reason'}"
                />
            </list>`,
        selectRecord: (id) => expect.step(`open ${id}`),
    });
const wait = async (delay = 0) => {
    await advanceTime(delay);
    await animationFrame();
};

test("a mouse that stays on it asks", async () => {
    await open();
    expect(".badge").toHaveCount(1);
    await hover(".badge");
    await wait(OPEN_DELAY / 2);
    expect(".o-tooltip").toHaveCount(0);
    await wait(OPEN_DELAY / 2);
    expect(".o-tooltip").toHaveText("buys every 21 d");
    await leave();
    await animationFrame();
    expect(".o-tooltip").toHaveCount(0);
});

test("a key that comes to it asks, and those who hear it are told", async () => {
    await open();
    const badge = queryFirst(".badge");
    expect(badge).toHaveAttribute("tabindex", "0");
    badge.focus();
    await wait();
    expect(".o-tooltip").toHaveText("buys every 21 d");
    const words = document.getElementById(badge.getAttribute("aria-describedby"));
    expect(words).toHaveText("buys every 21 d");
    expect(words).toHaveAttribute("role", "status");
    badge.blur();
    await animationFrame();
    expect(".o-tooltip").toHaveCount(0);
    expect(words).toHaveText("");
});

test("a tap asks, and does not open the account", async () => {
    mockTouch(true);
    await open();
    await click(".badge");
    await wait();
    expect(".o-tooltip").toHaveText("buys every 21 d");
    expect.verifySteps([]);
});

test("a click with the mouse opens the account", async () => {
    await open();
    await click(".badge");
    await animationFrame();
    expect.verifySteps(["open 1"]);
});

test("a score of 0 is shown, none is not", async () => {
    const scores = [0, false, 43];
    // The mock server has no blank numbers; ours sends them as false.
    onRpc("web_search_read", ({parent}) => {
        const result = parent();
        result.records.forEach((record, index) => (record.score = scores[index]));
        return result;
    });
    // Odoo warns of a widget that does not take the field's type.
    patchWithCleanup(console, {warn: (...words) => expect.step(words.join(" "))});
    Profile._records = scores.map((score, index) => ({id: index + 1}));
    await mountView({
        type: "list",
        resModel: "cartera.profile",
        arch: `
            <list>
                <field
                    name="score"
                    widget="cartera_reason_badge"
                    options="{'reason_field': 'reason'}"
                />
            </list>`,
    });
    expect(queryAllTexts(".badge")).toEqual(["0", "43"]);
    expect.verifySteps([]);
});
