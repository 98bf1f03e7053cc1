import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {FindAccount, NAMESPACE, offerFind, provideAccounts} from "@crm_cartera/find/find";
import {expect, test} from "@odoo/hoot";
import {click, edit, press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, runAllTimers} from "@odoo/hoot-mock";
import {makeMockEnv, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {MainComponentsContainer} from "@web/core/main_components_container";

defineMailModels();

const ACCOUNTS = [
    {
        id: 7,
        partner_id: 70,
        name: "Ferretería Gómez",
        active: true,
        city: "Soria",
        code: "phone",
        match: "Phone",
        value: "+34 612 34 56 78",
        contact: "Ana Núñez",
    },
    {
        id: 8,
        partner_id: 80,
        name: "Gómez Antiguos",
        active: false,
        city: "Lugo",
        code: "name",
        match: "Name",
        value: "Gómez Antiguos",
        contact: false,
    },
];

test("accounts are found in the palette, and opened by keyboard", async () => {
    onRpc("cartera.profile", "quick_search", ({args}) => {
        expect.step(args);
        return ACCOUNTS;
    });
    onRpc("cartera.profile", "action_open_sheet", ({args}) => ({sheet: args[0]}));
    mockService("action", {doAction: (action) => expect.step(action)});
    offerFind();
    await mountWithCleanup(MainComponentsContainer);
    await mountWithCleanup(FindAccount);
    await click("button.o_cartera_find_account");
    await animationFrame();
    expect(".o_command_palette_search .o_namespace").toHaveText(NAMESPACE);
    await click(".o_command_palette_search input");
    await edit("612-34-56-78");
    await runAllTimers();
    await animationFrame();
    expect.verifySteps([["612-34-56-78", 8]]);
    expect(queryAllTexts(".o_cartera_found_by")).toEqual([
        "Phone: +34 612 34 56 78 · Ana Núñez · Soria",
        "Lugo",
    ]);
    expect(".o_cartera_found .badge").toHaveCount(1);
    await press("Enter");
    await animationFrame();
    expect.verifySteps([{sheet: [7]}]);
    expect(".o_command_palette").toHaveCount(0);
});

test("the search opens by keyboard from anywhere", async () => {
    offerFind();
    await mountWithCleanup(MainComponentsContainer);
    await mountWithCleanup(FindAccount);
    await press(["alt", "shift", "f"]);
    await runAllTimers();
    await animationFrame();
    expect(".o_command_palette_search .o_namespace").toHaveText(NAMESPACE);
    expect(".o_command_palette_listbox_empty").toHaveCount(1);
});

test("a letter asks nothing of the server", async () => {
    onRpc("cartera.profile", "quick_search", () => expect.step("asked"));
    const env = await makeMockEnv();
    expect(await provideAccounts(env, {searchValue: " g "})).toEqual([]);
    expect(await provideAccounts(env)).toEqual([]);
    expect.verifySteps([]);
});
