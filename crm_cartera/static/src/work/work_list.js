import {onPatched, useEffect, useSubEnv} from "@odoo/owl";

import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {registry} from "@web/core/registry";
import {ListController} from "@web/views/list/list_controller";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";

import {useWork} from "./work_actions";

const KEYS = {l: "log", n: "next", o: "open", s: "skip"};
/** The row that was worked on last: whoever comes back from it goes on there. */
const last = {resId: false};

/**
 * A list that is worked off by keyboard: arrows move, a letter does something with the row of the focus.
 *
 * A row that is done disappears, and the next one gets the focus.
 */
export class WorkListRenderer extends ListRenderer {
    static template = "crm_cartera.WorkListRenderer";

    setup() {
        super.setup();
        this.wanted = null;
        for (const [hotkey, code] of Object.entries(KEYS)) {
            useHotkey(hotkey, () => this.workOn(code), {isAvailable: () => this.current});
        }
        useHotkey("arrowdown", () => this.focusRow(this.current), {
            isAvailable: (target) => this.current && !this.rootRef.el.contains(target),
        });
        this.work = this.env.work;
        this.env.workList.renderer = this;
        useEffect(
            (ready) => {
                if (ready && !this.env.isSmall && !document.activeElement.value) {
                    this.focusRow(this.find(last.resId) || this.records[0]);
                }
            },
            () => [Boolean(this.records.length)]
        );
        onPatched(() => {
            if (this.wanted) {
                const {index, resId} = this.wanted;
                this.wanted = null;
                this.focusRow(this.find(resId) || this.records[index] || this.records.at(-1));
            }
        });
    }

    get records() {
        const {list} = this.props;
        return list.model.useSampleModel ? [] : list.records;
    }

    find(resId) {
        return this.records.find((record) => record.resId === resId);
    }

    /** The row of the focus, else the one that had it last, else the first. */
    get current() {
        const row = document.activeElement.closest(".o_data_row");
        const focused = row && this.records.find((record) => record.id === row.dataset.id);
        return focused || this.find(last.resId) || this.records[0];
    }

    workOn(code) {
        const record = this.current;
        last.resId = record.resId;
        return this.work(code, record);
    }

    focusRow(record) {
        const row =
            record && this.tableRef.el?.querySelector(`.o_data_row[data-id="${record.id}"]`);
        const cell = row?.querySelector(".o_data_cell");
        if (cell) {
            last.resId = record.resId;
            this.focus(cell);
            row.parentElement.classList.add("o_keyboard_navigation");
        }
    }

    /** Read the list anew, and go on where the row was. */
    async goOn(record) {
        const index = this.records.findIndex((row) => row.resId === record.resId);
        await this.props.list.model.load();
        this.wanted = {index: Math.max(index, 0), resId: record.resId};
        this.render();
    }
}

export class WorkListController extends ListController {
    setup() {
        const workList = {};
        const work = useWork((record) => workList.renderer.goOn(record));
        useSubEnv({work, workList});
        super.setup();
        this.work = work;
        if (!this.props.state) {
            last.resId = false;
        }
    }

    openRecord(record) {
        last.resId = record.resId;
        return this.work("open", record);
    }
}

registry.category("views").add("cartera_work_list", {
    ...listView,
    Controller: WorkListController,
    Renderer: WorkListRenderer,
});
