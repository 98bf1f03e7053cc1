import {_t} from "@web/core/l10n/translation";
import {formatMonetary} from "@web/views/fields/formatters";

import {formatCount, formatNumber, formatShare} from "../screen/format";

/** The unit of money from which on a card shortens an amount: 12.3M. */
const LARGE = 1e7;

/** How a traffic light is shown: each by its colour, its shape and its words. */
export const LIGHTS = {
    green: {color: "success", icon: "fa-check-circle"},
    amber: {color: "warning", icon: "fa-exclamation-triangle"},
    red: {color: "danger", icon: "fa-window-close"},
    none: {color: "secondary", icon: "fa-circle-o"},
};

export function getLightName(light) {
    return {
        green: _t("On target"),
        amber: _t("Close to target"),
        red: _t("Off target"),
        none: _t("No target or data"),
    }[light];
}

export function isMissing(value) {
    return value === null || value === undefined || value === false;
}

/**
 * @param {number|null} value in its unit; percent as a share, 1 for 100 %
 * @param {"money"|"count"|"percent"|"days"} unit
 * @param {number} currencyId of money
 * @returns {string} blank for a figure that is missing
 */
export function formatFigure(value, unit, currencyId) {
    if (isMissing(value)) {
        return "";
    }
    if (unit === "money") {
        const short = Math.abs(value) >= LARGE;
        const decimals = short ? 1 : Math.abs(value) < 100 && value % 1 ? 2 : 0;
        return formatMonetary(value, {
            currencyId,
            humanReadable: short,
            digits: [false, decimals],
            minDigits: 1,
        });
    }
    if (unit === "percent") {
        return formatShare(value);
    }
    const text = value % 1 ? formatNumber(value, 1) : formatCount(value);
    return unit === "days" ? _t("%s d", text) : text;
}

/** A difference with its sign: of money as a share of what it was, of shares in points. */
export function formatChange({change, isShare}, unit, currencyId) {
    const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
    const size = Math.abs(change);
    if (isShare) {
        return `${sign}${formatShare(size)}`;
    }
    if (unit === "percent") {
        // By itself: what is within a template is not found by those who translate.
        const points = _t("%s pts", formatNumber(size * 100, 1));
        return sign + points;
    }
    return `${sign}${formatFigure(size, unit, currencyId)}`;
}

/**
 * What became of a figure since another period.
 *
 * Money is compared by its share of what it was, everything else by the difference; amounts that cannot be
 * a share of anything (nothing or less than nothing before) by the difference too.
 *
 * @param {number|null} value
 * @param {number|null} before
 * @param {string} unit
 * @param {boolean} isPart whether ``before`` is a part of a figure: no difference to it means anything
 * @returns {{change: number, isShare: boolean}|null} null if one of the two is missing
 */
export function compare(value, before, unit, isPart = false) {
    if (isMissing(value) || isMissing(before)) {
        return null;
    }
    const isShare = (unit === "money" || isPart) && before > 0;
    const change = isShare ? value / before - 1 : value - before;
    return {change: round(change, unit, isShare), isShare};
}

/** As exactly as it is shown, so that what looks like nothing is nothing. */
function round(change, unit, isShare) {
    if (unit === "money" && !isShare) {
        return change;
    }
    const digits = isShare || unit === "percent" ? 1000 : 10;
    return Math.round(change * digits) / digits;
}

/** Whether a change is for the better (1), for the worse (-1) or none (0). */
export function judge(change, direction) {
    return Math.sign(change) * (direction === "lower" ? -1 : 1);
}

/**
 * How the figure of a card stands against the period before and a year before; "–" if one is not known.
 *
 * A sum of a period that runs is compared with the part of those that was due after as many of their days.
 *
 * @param {Object} card of the server
 * @param {number} currencyId
 * @returns {Object[]} {name, label, text, tone (1, 0, -1), icon, help}
 */
export function getTrends(card, currencyId) {
    const part = card.form === "flow" && card.state === "running" ? card.elapsed : 1;
    return [
        {name: "previous", before: card.previous, label: card.previous_label},
        {name: "last_year", before: card.last_year, label: card.last_year_label},
    ].map(({name, before, label}) => {
        const due = isMissing(before) ? null : before * part;
        const found = compare(card.value, due, card.unit, part < 1);
        const text = found ? formatChange(found, card.unit, currencyId) : "–";
        const tone = found ? judge(found.change, card.direction) : 0;
        const icon = !found?.change ? "" : found.change > 0 ? "fa-caret-up" : "fa-caret-down";
        const help = describeBefore(label, before, part, card.unit, currencyId);
        return {name, label, text, tone, icon, help, isKnown: !!found};
    });
}

function describeBefore(label, before, part, unit, currencyId) {
    const value = formatFigure(before, unit, currencyId);
    if (!value) {
        return _t("%s: not known", label);
    }
    return part < 1
        ? _t(
              "%(period)s: %(value)s. Compared with %(share)s of it, the part of the period that is over.",
              {
                  period: label,
                  value,
                  share: formatShare(part, 0),
              }
          )
        : `${label}: ${value}`;
}

/** What a card says of its target, and of the part of it that is due by now. */
export function describeTarget(card, currencyId) {
    const target = formatFigure(card.target, card.unit, currencyId);
    if (!target) {
        return _t("No target");
    }
    const isPart = !isMissing(card.expected) && card.expected !== card.target;
    return isPart
        ? _t("Target %(target)s, by today %(expected)s", {
              target,
              expected: formatFigure(card.expected, card.unit, currencyId),
          })
        : _t("Target %s", target);
}
