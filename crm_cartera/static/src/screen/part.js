import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";

import {markRaw, onWillStart, onWillUpdateProps, useComponent, useState} from "@odoo/owl";

import {getMessage} from "./screen_hook";

/**
 * A part of a screen that is read on its own, so that a slow one holds no other up.
 *
 * @param {string} method of the model cartera.screen
 * @param {function(Object): Object} getParams from the props of the component, whose ``frame`` is another
 *      object whenever the screen was read anew
 * @returns {{data: any, loading: boolean, error: string, load: Function}} reactive
 */
export function usePart(method, getParams) {
    const component = useComponent();
    const orm = useService("orm");
    const keepLast = new KeepLast();
    const part = useState({data: null, loading: true, error: "", load});

    async function load(props = component.props) {
        Object.assign(part, {loading: true, error: ""});
        let data = null;
        try {
            data = markRaw(
                await keepLast.add(orm.call("cartera.screen", method, [], getParams(props)))
            );
        } catch (error) {
            part.error = getMessage(error);
        }
        Object.assign(part, {data, loading: false});
        return data;
    }

    // Not waited for: the part says meanwhile that it is loading.
    onWillStart(() => {
        load();
    });
    onWillUpdateProps((props) => {
        if (props.frame !== component.props.frame) {
            load(props);
        }
    });
    return part;
}
