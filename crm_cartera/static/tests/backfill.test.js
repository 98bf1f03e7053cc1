import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {after, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    MockServer,
    contains,
    defineModels,
    fields,
    getService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {registry} from "@web/core/registry";
import {WebClient} from "@web/webclient/webclient";

import {Component, xml} from "@odoo/owl";

class Policy extends models.Model {
    _name = "cartera.policy";

    tz = fields.Char();
    backfill_state = fields.Selection({
        selection: [
            ["running", "Running"],
            ["done", "Done"],
        ],
    });
    backfill_done = fields.Integer();
    scorecard_fill_left = fields.Integer();

    _records = [{id: 1, tz: "UTC", backfill_state: "running", backfill_done: 3}];
    _views = {
        form: `
            <form>
                <widget name="cartera_backfill_follower"/>
                <field name="tz"/>
                <field name="backfill_state" readonly="1"/>
                <field name="backfill_done" readonly="1"/>
            </form>`,
    };
}

defineMailModels();
defineModels([Policy]);

class Elsewhere extends Component {
    static template = xml`<p/>`;
    static props = ["*"];
}

const PAGE = {type: "form", resModel: "cartera.policy", resId: 1};
const stepReads = () => onRpc("cartera.policy", "web_read", () => expect.step("read"));
const note = (vals) => MockServer.env["cartera.policy"].write([1], vals);
const wait = async () => {
    await advanceTime(3000);
    await animationFrame();
};

test("the form follows the months until they are done", async () => {
    stepReads();
    await mountView(PAGE);
    note({backfill_done: 4});
    await wait();
    expect("[name=backfill_done]").toHaveText("4");
    note({backfill_done: 5, backfill_state: "done"});
    await wait();
    expect("[name=backfill_done]").toHaveText("5");
    await wait();
    expect.verifySteps(["read", "read", "read"]);
});

test("nothing is read anew where nothing runs", async () => {
    stepReads();
    Policy._records[0].backfill_state = "done";
    await mountView(PAGE);
    await wait();
    expect.verifySteps(["read"]);
});

test("what somebody is entering stays", async () => {
    stepReads();
    await mountView(PAGE);
    await contains("[name=tz] input").edit("Europe/Madrid");
    await wait();
    expect("[name=tz] input").toHaveValue("Europe/Madrid");
    expect.verifySteps(["read"]);
});

test("nothing is read while nobody sees it", async () => {
    stepReads();
    await mountView(PAGE);
    Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
    after(() => delete document.visibilityState);
    await wait();
    expect.verifySteps(["read"]);
    delete document.visibilityState;
    await wait();
    expect.verifySteps(["read"]);
});

test("nothing is read after one has gone elsewhere", async () => {
    stepReads();
    registry.category("actions").add("elsewhere", Elsewhere);
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "cartera.policy",
        res_id: 1,
        views: [[false, "form"]],
    });
    await getService("action").doAction({type: "ir.actions.client", tag: "elsewhere"});
    await animationFrame();
    await wait();
    expect.verifySteps(["read"]);
});
