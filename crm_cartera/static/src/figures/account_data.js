import {markRaw, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";

import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";

import {getMessage} from "../screen/screen_hook";

/** The form reads these with the account; when one changes, there is something new to read. */
export const DEPENDENCIES = [
    {name: "purchase_count", type: "integer"},
    {name: "revenue_total", type: "monetary"},
    {name: "write_date", type: "datetime"},
];

/** The answer as ``value``, undefined until it is there; or an ``error``, to be mended by ``load``. */
class AccountData {
    constructor(orm, method) {
        Object.assign(this, {orm, method});
        this.keepLast = new KeepLast();
        this.value = undefined;
        this.error = "";
    }

    /** Read anew if the form has come to another account, or to another state of it. */
    update({data, resId, resModel}) {
        const {purchase_count, revenue_total, write_date} = data;
        const version = [resId, write_date, purchase_count, revenue_total].join();
        if (version === this.version) {
            return;
        }
        if (resId !== this.resId) {
            // What is another account's does not stay until this one's is there.
            this.value = undefined;
        }
        Object.assign(this, {version, resId, resModel});
        this.load();
    }

    /** What an earlier, slower reading brings is dropped: it may be another account's. */
    async load() {
        this.error = "";
        try {
            const value = await this.keepLast.add(this.read());
            this.value = value && markRaw(value);
        } catch (error) {
            Object.assign(this, {value: undefined, error: getMessage(error)});
        }
    }

    /** @returns {Promise<Object>} undefined for an account not saved yet */
    async read() {
        const {method, orm, resId, resModel} = this;
        return resId ? orm.call(resModel, method, [[resId]]) : undefined;
    }
}

/**
 * What a server method tells of the account on the form, read anew with another account or another
 * state of it. The form does not wait for it.
 *
 * @param {Object} props of a view widget: its record
 * @param {String} method of cartera.profile
 * @returns {AccountData} reactive
 */
export function useAccountData(props, method) {
    const data = useState(new AccountData(useService("orm"), method));
    onWillStart(() => data.update(props.record));
    onWillUpdateProps(({record}) => data.update(record));
    return data;
}
