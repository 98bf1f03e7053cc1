import {useComponent, useEffect} from "@odoo/owl";

/**
 * Keep the id of what a screen shows in its address, so that it can be reloaded, kept and sent.
 *
 * @param {function(): number|false|undefined} getId of what is shown: false for none, undefined while
 *      it is not known
 */
export function useAddress(getId) {
    const {props} = useComponent();
    useEffect(
        (id) => {
            if (id !== undefined) {
                props.updateActionState?.({resId: id});
            }
        },
        () => [getId()]
    );
}

/** Return the id that a screen is opened with: by its address, or by the action. */
export function getAddressed({resId, action}, name) {
    return resId || action.params?.[name] || null;
}
