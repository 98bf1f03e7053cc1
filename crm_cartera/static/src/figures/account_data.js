import {onWillStart, onWillUpdateProps, useState} from "@odoo/owl";

import {useService} from "@web/core/utils/hooks";

/** The form reads these with the account; when one changes, there is something new to read. */
export const DEPENDENCIES = [
    {name: "purchase_count", type: "integer"},
    {name: "revenue_total", type: "monetary"},
    {name: "write_date", type: "datetime"},
];

/**
 * What a server method tells of the account on the form, read anew with another account or another
 * state of it.
 *
 * @param {Object} props of a view widget: its record
 * @param {String} method of cartera.profile
 * @returns {Object} reactive, with the answer as ``value``; undefined for an account not saved yet
 */
export function useAccountData(props, method) {
    const orm = useService("orm");
    const data = useState({value: undefined});
    let version = null;
    const load = async ({record}) => {
        const {purchase_count, revenue_total, write_date} = record.data;
        const wanted = [record.resId, write_date, purchase_count, revenue_total].join();
        if (wanted === version) {
            return;
        }
        version = wanted;
        const {resId, resModel} = record;
        data.value = resId ? await orm.call(resModel, method, [[resId]]) : undefined;
    };
    onWillStart(() => load(props));
    onWillUpdateProps(load);
    return data;
}
