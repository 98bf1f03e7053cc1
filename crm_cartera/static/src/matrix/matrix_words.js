import {_t} from "@web/core/l10n/translation";

import {formatCount, formatMoney, formatShare, formatShortMoney} from "../screen/format";
import {getWords} from "../screen/heat";

/** Return a figure as a cell shows it; what is not known is a dash. */
export function formatMeasure(value, measure, currencyId) {
    if (value === null) {
        return "–";
    }
    if (measure === "growth") {
        return formatGrowth(value);
    }
    return measure === "accounts" ? formatCount(value) : formatShortMoney(value, currencyId);
}

function formatGrowth(value) {
    return value > 0 ? `+${formatShare(value)}` : formatShare(value);
}

/** Return the small line of a cell: the share of all accounts, or how many make the amount. */
export function getNote({accounts}, measure, all) {
    if (!accounts) {
        return "";
    }
    return measure === "accounts" ? formatShare(accounts / all.accounts) : formatCount(accounts);
}

/** Return the name of a segment, or of what is in none of the dimension. */
export function getSegmentName(segment, dimension) {
    return segment.id === false ? _t("No segment of %s", dimension.name) : segment.name;
}

/** Return a whole cell in words, for its tooltip and for those who hear the screen. */
export function describe({cell, names, strategy, all, data}) {
    const money = (value) =>
        value === null ? _t("not known") : formatMoney(value, data.currency_id);
    const lines = [
        names.join(" × "),
        _t("Accounts: %(count)s (%(share)s)", {
            count: formatCount(cell.accounts),
            share: formatShare(cell.accounts / all.accounts),
        }),
        _t("Revenue: %s", money(cell.revenue)),
        _t("Growth: %s", cell.growth === null ? _t("not known") : formatGrowth(cell.growth)),
        _t("Potential: %s", money(cell.potential)),
    ];
    if (data.measures.includes("margin")) {
        lines.push(_t("Margin: %s", money(cell.margin)));
    }
    if (strategy) {
        lines.push(_t("Strategy: %s", strategy.name));
    }
    return getWords(lines);
}
