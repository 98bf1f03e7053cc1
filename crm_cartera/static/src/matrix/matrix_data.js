/** Cells of a matrix added up: plain arithmetic, no component and no words. */

/** What is summed; nothing known of any cell stays null. */
const SUMS = ["revenue", "revenue_prev", "potential", "margin"];

/** Add cells up; growth is that of the sums, null unless there was revenue before. */
export function addUp(cells) {
    const total = {accounts: cells.reduce((sum, {accounts}) => sum + accounts, 0)};
    for (const name of SUMS) {
        const known = cells.map((cell) => cell[name] ?? null).filter((value) => value !== null);
        total[name] = known.length ? known.reduce((sum, value) => sum + value, 0) : null;
    }
    const {revenue, revenue_prev: before} = total;
    total.growth = revenue !== null && before > 0 ? revenue / before - 1 : null;
    return total;
}

/**
 * The cells of a matrix in rows, with totals.
 *
 * @param {Object} data what cartera.screen.get_matrix returns
 * @returns {Object} {columns: [segment], rows: [{segment, cells, total}], totals: [total], total}; a
 *  segment is {id, name, ...}, with id false for the accounts in none, which is there if there are any
 */
export function getGrid(data) {
    const by = new Map(data.cells.map((cell) => [`${cell.row}-${cell.column}`, cell]));
    const columns = getSegments(data.columns, data.cells, "column");
    const rows = getSegments(data.rows, data.cells, "row").map((segment) => ({
        segment,
        cells: columns.map((column) => {
            const cell = by.get(`${segment.id}-${column.id}`);
            return {row: segment.id, column: column.id, ...addUp(cell ? [cell] : [])};
        }),
        total: addUp(data.cells.filter(({row}) => row === segment.id)),
    }));
    const totals = columns.map(({id}) => addUp(data.cells.filter(({column}) => column === id)));
    return {columns, rows, totals, total: addUp(data.cells)};
}

function getSegments(axis, cells, side) {
    const hasOthers = cells.some((cell) => cell[side] === false);
    return hasOthers ? [...axis.segments, {id: false, name: ""}] : axis.segments;
}

/** The next cell that can be entered in a direction, as {row, column} numbers; null at the border. */
export function getNext(enabled, {row, column}, [down, right]) {
    let next = {row: row + down, column: column + right};
    while (enabled[next.row]?.[next.column] === false) {
        next = {row: next.row + down, column: next.column + right};
    }
    return enabled[next.row]?.[next.column] ? next : null;
}
