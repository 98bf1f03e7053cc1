/**
 * How strongly a cell is coloured, by its value against the highest of all cells.
 *
 * @param {number} value
 * @param {number} highest
 * @returns {string} the variables that .o_cartera_cell is painted with; empty for nothing
 */
export function getHeat(value, highest) {
    const part = highest > 0 ? Math.min(1, value / highest) : 0;
    if (part <= 0) {
        return "";
    }
    // The square root tells small values apart, of which there are most. Text stays readable on 0.6.
    return `--o-cartera-heat: ${(0.05 + 0.55 * Math.sqrt(part)).toFixed(3)}`;
}

/** Return what a cell says in words: lines for its tooltip, and a text for those who hear the screen. */
export function getWords(lines) {
    return {tooltip: JSON.stringify({lines}), text: lines.join(". ")};
}
