import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

import {FigureField} from "./figure_field";
import {formatShare} from "../screen/format";

/** A share of accounts, and of groups of them in lists and pivots: blank where there is none, never 0 %. */
registry.category("formatters").add("cartera_ratio", (value) => formatShare(value));

registry.category("fields").add("cartera_ratio", {
    component: FigureField,
    displayName: _t("Share or growth"),
    supportedTypes: ["float"],
    isEmpty: (record, name) => record.data[name] === false,
    extractProps: () => ({percent: true, opens: false, digits: [false, 1]}),
});
