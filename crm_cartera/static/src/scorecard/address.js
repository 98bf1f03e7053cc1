import {router} from "@web/core/browser/router";

import {useComponent, useEffect} from "@odoo/owl";

/** How the screens of the scorecard name in the address what they show. */
const KINDS = ["month", "quarter", "year"];

/**
 * @param {Object} action of the screen; its context may name what is not in the address
 * @returns {{kind: string|null, period: string|null, scope: string|null, indicator: number|null}} null
 *      for what is not named
 */
export function readAddress({id, path, tag, context = {}}) {
    const {current} = router;
    const found = [id, path, tag].includes(current.action) ? current : {};
    const {kind, period, scope, indicator} = {
        indicator: context.cartera_indicator,
        kind: context.cartera_kind,
        period: context.cartera_period,
        scope: context.cartera_scope,
        ...pick(found),
    };
    return {
        kind: KINDS.includes(kind) ? kind : null,
        // A year is a number there.
        period: period ? String(period) : null,
        scope: scope ? String(scope).replace("-", ":") : null,
        indicator: Number.isInteger(indicator) ? indicator : null,
    };
}

function pick({kind, period, scope, indicator}) {
    return Object.fromEntries(
        Object.entries({kind, period, scope, indicator}).filter(([, value]) => value !== undefined)
    );
}

/** Return what the address says; the running period is not named: a link to it shows what runs then. */
export function getAddress({period, scope, indicator}) {
    return {
        indicator: indicator?.id,
        kind: period.kind,
        period: period.running ? undefined : period.key,
        scope: scope.replace(":", "-"),
    };
}

/**
 * Keep what a screen shows in its address, so that it can be reloaded, kept and sent.
 *
 * @param {function(): Object|undefined} getShown {period, scope, indicator (of a story)} as the server says;
 *      undefined while unknown
 */
export function useScorecardAddress(getShown) {
    const {props} = useComponent();
    useEffect(
        () => {
            const shown = getShown();
            if (shown) {
                props.updateActionState?.(getAddress(shown));
            }
        },
        () => {
            const shown = getShown();
            return [shown?.period.key, shown?.scope, shown?.indicator?.id];
        }
    );
}
