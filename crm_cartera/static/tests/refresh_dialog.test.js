import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, press, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {getService, makeServerError, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

import {openRefreshDialog} from "@crm_cartera/refresh/refresh_dialog";

defineMailModels();

const BEFORE = {id: 1, state: "done", progress: 100, accounts: 400, changed: 0, seconds: 9};
const OURS = {id: 2, state: "running", progress: 40, accounts: 0, changed: 0, seconds: 0};
const DONE = {id: 2, state: "done", progress: 100, accounts: 1412, changed: 37, seconds: 3.2};

const openByAction = () =>
    getService("action").doAction({type: "ir.actions.client", tag: "crm_cartera.refresh"});

/** Open the dialog; `run.now` is what the server answers from now on. */
async function open(run, refresh = () => true, show = openByAction) {
    onRpc("cartera.calibration", "get_progress", () => {
        expect.step("look");
        return run.now;
    });
    onRpc("cartera.profile", "action_refresh_all", () => {
        expect.step("refresh");
        return refresh();
    });
    await mountWithCleanup(WebClient);
    await show();
    await animationFrame();
}

async function second() {
    await advanceTime(1000);
    await animationFrame();
}

const phase = ".o_cartera_refresh_dialog";

test("waits for the job, follows it, says what it did", async () => {
    const run = {now: BEFORE};
    await open(run);
    expect.verifySteps(["look", "refresh", "look"]);
    expect(phase).toHaveAttribute("data-phase", "waiting");
    expect(phase).toHaveText(/has not started yet/);
    await second();
    expect.verifySteps(["look"]);
    run.now = OURS;
    await second();
    expect(phase).toHaveAttribute("data-phase", "running");
    expect("[role=progressbar]").toHaveAttribute("aria-valuenow", "40");
    run.now = DONE;
    await second();
    expect(phase).toHaveAttribute("data-phase", "done");
    expect(queryAllTexts(".o_cartera_result dd")).toEqual(["1,412", "37", "3.2 s"]);
    expect.verifySteps(["look", "look"]);
    await second();
    expect.verifySteps([]);
    await click(".modal-footer .btn-primary");
    await animationFrame();
    expect(".o_dialog").toHaveCount(0);
});

test("a run of before is not taken for ours", async () => {
    const run = {now: {...BEFORE, state: "running", progress: 90}};
    await open(run);
    expect(phase).toHaveAttribute("data-phase", "running");
    run.now = BEFORE;
    await second();
    expect(phase).toHaveAttribute("data-phase", "waiting");
    run.now = DONE;
    await second();
    expect(phase).toHaveAttribute("data-phase", "done");
    expect.verifySteps(["look", "refresh", "look", "look", "look"]);
});

test("a run that failed, and once more", async () => {
    const run = {now: BEFORE};
    await open(run);
    run.now = {...OURS, state: "failed", error: "Division by zero"};
    await second();
    expect(phase).toHaveAttribute("data-phase", "failed");
    expect(phase).toHaveText(/Division by zero/);
    await second();
    expect.verifySteps(["look", "refresh", "look", "look"]);
    await click(".modal-footer .btn-primary");
    await animationFrame();
    expect(phase).toHaveAttribute("data-phase", "waiting");
    expect.verifySteps(["look", "refresh", "look"]);
});

test("who may not refresh is told so", async () => {
    await open({now: BEFORE}, () => {
        throw makeServerError({message: "Only a sales manager may refresh"});
    });
    expect(phase).toHaveText(/Only a sales manager may refresh/);
    expect.verifySteps(["look", "refresh"]);
});

test("closing it while it runs ends the looking", async () => {
    await open({now: OURS});
    await click(".modal-footer .btn-secondary");
    await animationFrame();
    await second();
    expect.verifySteps(["look", "refresh", "look"]);
});

test("after a minute it tells whom to ask", async () => {
    await open({now: BEFORE});
    for (let looks = 0; looks < 71; looks++) {
        await second();
    }
    expect(phase).toHaveText(/ask your administrator/);
    expect.verifySteps(["look", "refresh", ...Array(72).fill("look")]);
});

for (const [way, close] of Object.entries({
    button: () => click(".modal-footer .btn"),
    cross: () => click(".modal-header .btn-close"),
    escape: () => press("Escape"),
})) {
    test(`what lies under it is read anew only after a run: closed by ${way}`, async () => {
        const run = {now: BEFORE};
        const show = () => openRefreshDialog(getService("dialog"), () => expect.step("reload"));
        await open(run, () => true, show);
        await close();
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect.verifySteps(["look", "refresh", "look"]);
        show();
        await animationFrame();
        run.now = DONE;
        await second();
        expect(phase).toHaveAttribute("data-phase", "done");
        expect.verifySteps(["look", "refresh", "look", "look"]);
        await close();
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect.verifySteps(["reload"]);
    });
}
