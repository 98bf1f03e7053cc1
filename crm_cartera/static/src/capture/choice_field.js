import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {Component, onMounted, useRef} from "@odoo/owl";
import {getFieldDomain} from "@web/model/relational_model/utils";
import {useSpecialData} from "@web/views/fields/relational_utils";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * A many2one or a selection as a row of buttons, worked with the mouse, a finger or the arrow keys: Odoo's badges
 * cannot be reached by keyboard. A second click on a choice that is not required takes it back.
 */
export class ChoiceField extends Component {
    static template = "crm_cartera.ChoiceField";
    static props = {
        ...standardFieldProps,
        domain: {type: [Array, Function], optional: true},
        icon: {type: String, optional: true},
        autofocus: {type: Boolean, optional: true},
    };

    setup() {
        this.root = useRef("root");
        onMounted(() => this.props.autofocus && this.focus());
        this.data = useSpecialData((orm, props) => {
            const {relation, selection} = props.record.fields[props.name];
            if (selection) {
                return selection.map(([id, name]) => ({id, display_name: name}));
            }
            return orm.searchRead(
                relation,
                getFieldDomain(props.record, props.name, props.domain),
                props.icon ? ["id", "display_name", props.icon] : ["id", "display_name"]
            );
        });
    }

    /** Let the arrow keys choose at once. */
    focus() {
        this.root.el.querySelector("button[tabindex='0']")?.focus();
    }

    get label() {
        return this.props.record.fields[this.props.name].string;
    }

    get isRelation() {
        return this.props.record.fields[this.props.name].type === "many2one";
    }

    get required() {
        return this.props.record.fields[this.props.name].required;
    }

    get value() {
        const value = this.props.record.data[this.props.name];
        return value && this.isRelation ? value.id : value;
    }

    get choices() {
        return this.data.data || [];
    }

    /** One choice is in the order of the Tab key: the one that is made, else the first. */
    isReachable(choice) {
        return choice.id === (this.value || this.choices[0].id);
    }

    choose(choice) {
        const again = choice.id === this.value;
        if (again && this.required) {
            return;
        }
        const chosen = this.isRelation
            ? {id: choice.id, display_name: choice.display_name}
            : choice.id;
        this.props.record.update({[this.props.name]: again ? false : chosen});
    }

    onKeydown(ev, index) {
        const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[ev.key];
        if (!step || !this.choices.length) {
            return;
        }
        ev.preventDefault();
        const next = (index + step + this.choices.length) % this.choices.length;
        this.root.el.querySelectorAll("button")[next].focus();
        if (this.choices[next].id !== this.value) {
            this.choose(this.choices[next]);
        }
    }
}

export const choiceField = {
    component: ChoiceField,
    displayName: _t("Choice by buttons"),
    supportedTypes: ["many2one", "selection"],
    extractProps: ({options}, dynamicInfo) => ({
        domain: dynamicInfo.domain,
        icon: options.icon,
        autofocus: options.autofocus,
    }),
};

registry.category("fields").add("cartera_choice", choiceField);
