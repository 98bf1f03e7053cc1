import {Component} from "@odoo/owl";

import {addUp} from "./matrix_data";
import {formatMeasure} from "./matrix_words";

/** What to do where: the strategies of a matrix with the accounts that each is for. */
export class MatrixStrategies extends Component {
    static template = "crm_cartera.MatrixStrategies";
    static props = {
        data: Object,
        measure: String,
        /** Called with the id of a strategy whose accounts are wanted. */
        onOpen: Function,
    };

    get strategies() {
        const {data, measure} = this.props;
        return data.strategies.map((strategy) => {
            const keys = new Set(strategy.cells.map((cell) => cell.join("-")));
            const total = addUp(data.cells.filter(({row, column}) => keys.has(`${row}-${column}`)));
            return {
                ...strategy,
                accounts: formatMeasure(total.accounts, "accounts"),
                isEmpty: !total.accounts,
                value:
                    measure === "accounts"
                        ? ""
                        : formatMeasure(total[measure], measure, data.currency_id),
            };
        });
    }
}
