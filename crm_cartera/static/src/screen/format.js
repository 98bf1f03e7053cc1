import {
    formatFloat,
    formatInteger,
    formatMonetary,
    formatPercentage,
} from "@web/views/fields/formatters";

/** Amounts and shares as the user's language writes them; a figure that is missing stays blank. */

export function formatCount(value) {
    return formatInteger(value);
}

export function formatMoney(value, currencyId) {
    return isMissing(value) ? "" : formatMonetary(value, {currencyId});
}

/** Like 12k €, for narrow places; the exact amount belongs into the tooltip. */
export function formatShortMoney(value, currencyId) {
    if (isMissing(value)) {
        return "";
    }
    const isLarge = Math.abs(value) >= 1000;
    const decimals = isLarge && Math.abs(value) < 10000 ? 1 : 0;
    return formatMonetary(value, {
        currencyId,
        humanReadable: isLarge,
        digits: [false, decimals],
        minDigits: 1,
    });
}

export function formatShare(value, decimals = 1) {
    return isMissing(value) ? "" : formatPercentage(value, {digits: [false, decimals]});
}

export function formatNumber(value, decimals) {
    return isMissing(value) ? "" : formatFloat(value, {digits: [false, decimals]});
}

function isMissing(value) {
    return value === null || value === undefined || value === false;
}
