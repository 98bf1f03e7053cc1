import {deserializeDate, formatDate} from "@web/core/l10n/dates";

import {formatCount, formatMoney, formatNumber, formatShare} from "../screen/format";

/** Return a day of the server as the user's language writes it; blank without one. */
export function formatDay(day) {
    return day ? formatDate(deserializeDate(day)) : "";
}

/** Return a figure {kind, value} in words; blank if there is none. */
export function formatFigure({kind, value}, currencyId) {
    if (value === null || value === undefined || value === false) {
        return "";
    }
    switch (kind) {
        case "money":
            return formatMoney(value, currencyId);
        case "date":
            return formatDay(value);
        case "days":
            return formatNumber(value, 0);
        case "share":
            return formatShare(value, 0);
        case "change":
            return value > 0 ? `+${formatShare(value, 0)}` : formatShare(value, 0);
        default:
            return formatCount(value);
    }
}
