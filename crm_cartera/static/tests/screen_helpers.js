import {animationFrame} from "@odoo/hoot-mock";
import {getService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

export const FRAME = {
    company: false,
    currency_id: 1,
    salespeople: [],
    may_refresh: false,
};

/**
 * Open an analysis screen.
 *
 * @param {string} tag of its client action
 * @param {Object} answers {method of cartera.screen: (arguments) => answer}; each call is kept
 * @returns {Promise<Object[]>} the calls so far and to come: {method, ...arguments}
 */
export async function openScreen(tag, answers) {
    const calls = [];
    for (const [method, answer] of Object.entries(answers)) {
        onRpc("cartera.screen", method, ({kwargs}) => {
            const args = Object.fromEntries(Object.entries(kwargs));
            delete args.context;
            calls.push({method, ...args});
            return answer(args);
        });
    }
    await mountWithCleanup(WebClient);
    await getService("action").doAction({type: "ir.actions.client", tag, name: "Screen"});
    await animationFrame();
    return calls;
}

/** An action that does nothing, so that a test sees that it was asked for. */
export const DONE = {type: "ir.actions.act_window_close"};
