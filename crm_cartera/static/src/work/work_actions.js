import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** What the actions read of a row, wherever it is shown. */
export const WORK_FIELDS = [
    {name: "account_name", type: "char"},
    {name: "activity_id", type: "many2one", relation: "mail.activity"},
    {name: "company_id", type: "many2one", relation: "res.company"},
    {name: "kind", type: "selection"},
    {name: "lead_id", type: "many2one", relation: "crm.lead"},
    {name: "partner_id", type: "many2one", relation: "res.partner"},
    {name: "profile_id", type: "many2one", relation: "cartera.profile"},
    {name: "source_id", type: "integer"},
    {name: "user_id", type: "many2one", relation: "res.users"},
];

const id = (record, name) => record.data[name]?.id || false;

/** @returns {[String, Number]} model and id of the lead, account or contact that a row is about */
export function getSubject(record, models = ["lead_id", "profile_id", "partner_id"]) {
    const names = {lead_id: "crm.lead", profile_id: "cartera.profile", partner_id: "res.partner"};
    const name = models.find((field) => id(record, field));
    return name ? [names[name], id(record, name)] : [];
}

const dialog = (name, model, context, values = {}) => ({
    type: "ir.actions.act_window",
    name,
    res_model: model,
    views: [[false, "form"]],
    target: "new",
    context: {dialog_size: "medium", ...context},
    ...values,
});

/** A due activity gets another day; whatever else gets an activity. */
function schedule(record) {
    if (id(record, "activity_id")) {
        const values = {res_id: id(record, "activity_id")};
        return dialog(_t("Choose another day"), "mail.activity", {dialog_size: "large"}, values);
    }
    const [model, resId] = getPlannedOn(record);
    const context = {active_model: model, active_ids: [resId], active_id: resId};
    return dialog(_t("Schedule next action"), "mail.activity.schedule", {
        ...context,
        dialog_size: "large",
    });
}

function skip(record) {
    const {account_name: account, kind, source_id: source} = record.data;
    return dialog(_t("Skip: %s", account), "cartera.work.skip", {
        default_kind: kind,
        default_source_id: source,
        default_profile_id: id(record, "profile_id"),
        default_user_id: id(record, "user_id"),
        default_company_id: id(record, "company_id"),
    });
}

/** The server says whether the user may record it, or only mark its activity as done. */
function log(record, orm) {
    return orm.call("cartera.capture", "open_for_work", [], {
        lead_id: id(record, "lead_id"),
        profile_id: id(record, "profile_id"),
        partner_id: id(record, "partner_id"),
        activity_id: id(record, "activity_id"),
        event_id: record.data.kind === "meeting" && record.data.source_id,
    });
}

/** The account's own page; a lead without one, or a contact whose account is not ours, its form. */
async function open(record, orm) {
    const names =
        record.data.kind === "lead" ? ["lead_id"] : ["profile_id", "lead_id", "partner_id"];
    const [model, resId] = getSubject(record, names);
    if (!model) {
        // Somebody else's, who asked for it: there is nothing to open but the activity.
        const activity = {res_id: id(record, "activity_id")};
        return dialog(_t("Activity"), "mail.activity", {dialog_size: "large"}, activity);
    }
    if (model === "cartera.profile") {
        return orm.call(model, "action_open_sheet", [[resId]]);
    }
    return {
        type: "ir.actions.act_window",
        res_model: model,
        res_id: resId,
        views: [[false, "form"]],
    };
}

/** @returns {[String, Number]} model and id of what an activity for a row is planned on */
export function getPlannedOn(record) {
    return getSubject(record, ["lead_id", "partner_id"]);
}

/** {code: how to make its action}; the key of each is the first letter of its name in English. */
export const WORK_ACTIONS = {log, next: schedule, open, skip};

/**
 * Work on a row in place: what opens a dialog is done when it closes.
 *
 * @param {(record) => any} onDone called after the dialog of a row
 * @returns {(code: String, record) => Promise}
 */
export function useWork(onDone) {
    const action = useService("action");
    const orm = useService("orm");
    return async (code, record) => {
        const request = await WORK_ACTIONS[code](record, orm);
        if (code === "open") {
            return action.doAction(request);
        }
        await action.doAction(request, {onClose: () => onDone(record)});
    };
}
