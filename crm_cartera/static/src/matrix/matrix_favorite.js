import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

import {Component} from "@odoo/owl";

const MODEL = "cartera.matrix";

/** Buttons to keep the matrix that is shown, and to change or delete a kept one. */
export class MatrixFavorite extends Component {
    static template = "crm_cartera.MatrixFavorite";
    static props = {
        /** The kept matrix that is shown, if one is. */
        kept: {type: Object, optional: true},
        /** What a new one starts with: {row_dimension_id, column_dimension_id, measure}. */
        values: Object,
        /** Called with the id of what was saved, null after it was deleted. */
        onChange: Function,
    };

    setup() {
        this.dialog = useService("dialog");
        this.orm = useService("orm");
    }

    save() {
        const defaults = Object.entries(this.props.values);
        this.dialog.add(FormViewDialog, {
            resModel: MODEL,
            title: _t("Save the matrix"),
            context: Object.fromEntries(
                defaults.map(([name, value]) => [`default_${name}`, value])
            ),
            onRecordSaved: (record) => this.props.onChange(record.resId),
        });
    }

    edit() {
        this.dialog.add(FormViewDialog, {
            resModel: MODEL,
            resId: this.props.kept.id,
            title: this.props.kept.name,
            onRecordSaved: (record) => this.props.onChange(record.resId),
        });
    }

    remove() {
        const {id, name} = this.props.kept;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Delete the matrix"),
            body: _t("“%s” will be deleted. The dimensions and accounts stay as they are.", name),
            confirmLabel: _t("Delete"),
            confirm: async () => {
                await this.orm.unlink(MODEL, [id]);
                await this.props.onChange(null);
            },
            cancel: () => {},
        });
    }
}
