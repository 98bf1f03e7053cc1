import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component, useEffect, useRef} from "@odoo/owl";

import {getHeat} from "../screen/heat";
import {Choice} from "../screen/choice";
import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";
import {getAddress, readAddress} from "./address";
import {getGrid, getNext} from "./matrix_data";
import {MatrixFavorite} from "./matrix_favorite";
import {MatrixStrategies} from "./matrix_strategies";
import {describe, formatMeasure, getNote, getSegmentName} from "./matrix_words";

const ARROWS = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
};

/** Accounts by the segments of two dimensions, coloured by what is chosen of them. */
export class Matrix extends Component {
    static template = "crm_cartera.Matrix";
    static components = {Choice, MatrixFavorite, MatrixStrategies, ScreenFrame};
    static props = {...standardActionServiceProps};

    setup() {
        const {choices, view} = readAddress(this.props.action);
        this.screen = useScreen(
            "get_matrix",
            {row: null, column: null, matrix: null, ...choices},
            {measure: null, ...view}
        );
        this.table = useRef("table");
        // What the address does not name any more has to be said too: it is added to what it was.
        useEffect(
            () => this.props.updateActionState?.(this.address),
            () => Object.values(this.address)
        );
        Object.assign(this, {getNote, getSegmentName});
    }

    get data() {
        return this.screen.data;
    }

    get isEmpty() {
        return !!this.data && !this.data.cells.length;
    }

    get emptyText() {
        return this.data?.columns
            ? _t("No account is in the portfolio: post invoices, or choose another salesperson.")
            : _t("The matrix crosses two dimensions: a sales manager makes them in Configuration.");
    }

    // Choices

    get matrices() {
        const matrices = this.screen.known?.matrices ?? [];
        const kept = matrices.map(({id, name}) => ({value: id, label: name}));
        return [...kept, {value: false, label: _t("Own choice")}];
    }

    get dimensions() {
        return (this.screen.known?.dimensions ?? []).map(({id, name}) => ({
            value: id,
            label: name,
        }));
    }

    get measures() {
        const labels = {
            accounts: _t("Accounts"),
            revenue: _t("Revenue"),
            margin: _t("Margin"),
            potential: _t("Potential"),
            growth: _t("Growth"),
        };
        return (this.screen.known?.measures ?? []).map((value) => ({value, label: labels[value]}));
    }

    /** The kept matrix that is shown, if one is. */
    get kept() {
        const {known} = this.screen;
        return known?.matrices.find(({id}) => id === known.matrix);
    }

    get measure() {
        const wanted = this.screen.view.measure ?? this.kept?.measure ?? "accounts";
        const measures = this.screen.known?.measures ?? [wanted];
        return measures.includes(wanted) ? wanted : "accounts";
    }

    /** What the address says: the matrix that is shown, so that a link shows the same one. */
    get address() {
        const {choices, known} = this.screen;
        if (!known?.columns) {
            return getAddress(choices, this.measure);
        }
        const {user_id} = choices;
        const shown = known.matrix
            ? {matrix: known.matrix}
            : {row: known.rows.id, column: known.columns.id};
        return getAddress({user_id, ...shown}, this.measure);
    }

    chooseMatrix(id) {
        const {rows, columns} = this.screen.known;
        const axes = id === false ? {row: rows.id, column: columns.id} : {row: null, column: null};
        const measure = id === false ? this.measure : null;
        Object.assign(this.screen.choices, {...axes, matrix: id || null});
        this.screen.view.measure = measure;
        return this.screen.load();
    }

    /** Choose a dimension for one side; the other side takes its place if it was there. */
    chooseAxis(side, id) {
        const {rows, columns} = this.screen.known;
        const shown = {row: rows.id, column: columns.id};
        const other = side === "row" ? "column" : "row";
        const axes = {[side]: id, [other]: shown[other] === id ? shown[side] : shown[other]};
        this.screen.view.measure = this.measure;
        Object.assign(this.screen.choices, {...axes, matrix: null});
        return this.screen.load();
    }

    swap() {
        return this.chooseAxis("row", this.screen.known.columns.id);
    }

    // Cells

    getShownGrid() {
        const grid = getGrid(this.data);
        const cells = grid.rows.flatMap((row) => row.cells);
        grid.highest = Math.max(...cells.map((cell) => Math.abs(cell[this.measure])));
        return grid;
    }

    /** What a cell shows. */
    getCell(grid, cell, row, column) {
        const {data, measure} = this;
        const strategy = this.getStrategy(cell);
        const value = cell[measure];
        const names = [getSegmentName(row, data.rows), getSegmentName(column, data.columns)];
        return {
            style: getHeat(Math.abs(value), grid.highest),
            falls: value < 0,
            value: cell.accounts ? this.format(value) : "",
            note: getNote(cell, measure, grid.total),
            strategy,
            words: describe({cell, names, strategy, all: grid.total, data}),
        };
    }

    getStrategy({row, column}) {
        return this.data.strategies.find(({cells}) =>
            cells.some(([rowId, columnId]) => rowId === row && columnId === column)
        );
    }

    format(value) {
        return formatMeasure(value, this.measure, this.data.currency_id);
    }

    /** Open the accounts of a cell; a side left out stands for all of its segments. */
    open(row_segment = null, column_segment = null) {
        const {rows, columns} = this.data;
        return this.screen.open("open_matrix_cell", {
            row: rows.id,
            column: columns.id,
            row_segment,
            column_segment,
        });
    }

    /** The arrows go from cell to cell, past those without accounts. */
    onKeydown(ev) {
        const cell = ev.target.closest("button[data-place]");
        if (!cell || !ARROWS[ev.key]) {
            return;
        }
        ev.preventDefault();
        const buttons = [...this.table.el.querySelectorAll("tr")].map((line) => [
            ...line.querySelectorAll("button[data-place]"),
        ]);
        const rows = buttons.filter((line) => line.length);
        const row = rows.findIndex((line) => line.includes(cell));
        const enabled = rows.map((line) => line.map((button) => !button.disabled));
        const next = getNext(enabled, {row, column: rows[row].indexOf(cell)}, ARROWS[ev.key]);
        if (next) {
            rows[next.row][next.column].focus();
        }
    }
}

registry.category("actions").add("crm_cartera.matrix", Matrix);
