import {Component} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/**
 * "What would change?" on the form of a segment: shows what the rule on screen would do, saved or not.
 * An ordinary button would save the rule first.
 */
export class SegmentPreview extends Component {
    static template = "crm_cartera.SegmentPreview";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
    }

    /** The other segments as the dimension's form holds them; false where the segment stands alone. */
    getSiblings() {
        const {record} = this.props;
        const list = record._parentRecord?.data.segment_ids;
        if (!list) {
            return false;
        }
        const segments = list.records
            .filter((other) => other.id !== record.id && other.data.active !== false)
            .map(({resId, data}) => ({
                id: resId || false,
                name: data.name || "",
                domain: data.domain || "[]",
                sequence: data.sequence || 0,
            }));
        return {segments};
    }

    async open() {
        const {record} = this.props;
        const changes = [];
        record.model.bus.trigger("NEED_LOCAL_CHANGES", {proms: changes});
        await Promise.all(changes);
        const {name, domain, sequence, dimension_id: dimension} = record.data;
        await this.action.doAction("crm_cartera.cartera_segment_preview_action", {
            additionalContext: {
                default_dimension_id: dimension?.id || false,
                default_segment_id: record.resId || false,
                default_name: name || "",
                default_domain: domain || "[]",
                default_sequence: sequence || 0,
                default_siblings: this.getSiblings(),
            },
        });
    }
}

registry.category("view_widgets").add("cartera_segment_preview", {
    component: SegmentPreview,
    fieldDependencies: [
        {name: "name", type: "char"},
        {name: "domain", type: "char"},
        {name: "sequence", type: "integer"},
        {name: "dimension_id", type: "many2one"},
    ],
});
