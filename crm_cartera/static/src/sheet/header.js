import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {url} from "@web/core/utils/urls";

import {Component, useState} from "@odoo/owl";

import {CLASS_COLORS, STATUS_COLORS} from "../screen/colors";
import {formatShare} from "../screen/format";
import {formatDay} from "./dates";
import {blockProps} from "./lines";

const LIFECYCLE = {prospect: "info", lead: "warning", client: "success"};
const STATUS = {
    "--success": "success",
    "--primary": "primary",
    "--info": "info",
    "--warning": "warning",
    "--danger": "danger",
};

/** Treatments that are shown at once. */
const FIRST = 2;

/** Who the account is and how we judge it. */
export class Header extends Component {
    static template = "crm_cartera.SheetHeader";
    static props = {...blockProps};

    setup() {
        this.state = useState({isOpen: false});
    }

    /** What to do with it: what its key segments ask first, and the rest on demand. */
    get treatments() {
        const {treatments} = this.props.block;
        return this.state.isOpen ? treatments : treatments.slice(0, FIRST);
    }

    get moreLabel() {
        const more = this.props.block.treatments.length - FIRST;
        return this.state.isOpen ? _t("Show less") : _t("Show %s more", more);
    }

    get hasMore() {
        return this.props.block.treatments.length > FIRST;
    }

    get image() {
        const {partner_id: id} = this.props.data;
        return url("/web/image", {model: "res.partner", field: "avatar_128", id});
    }

    get lifecycleClass() {
        return `text-bg-${LIFECYCLE[this.props.block.lifecycle.value]}`;
    }

    get since() {
        const {since} = this.props.block.lifecycle;
        return since ? _t("since %s", formatDay(since)) : "";
    }

    get place() {
        const {city, country} = this.props.block.reached;
        return [city, country].filter(Boolean).join(", ");
    }

    /** How to reach it: what a click does as a link, else as text. */
    get ways() {
        const {phone, email, website, vat, ref} = this.props.block.reached;
        return [
            {
                name: "phone",
                icon: "fa-phone",
                label: _t("Phone"),
                text: phone,
                href: `tel:${phone}`,
            },
            {
                name: "email",
                icon: "fa-envelope-o",
                label: _t("E-mail"),
                text: email,
                href: `mailto:${email}`,
            },
            {
                name: "website",
                icon: "fa-globe",
                label: _t("Website"),
                text: website,
                // Anything may be typed there.
                href: /^https?:\/\//i.test(website) ? website : undefined,
            },
            {name: "vat", icon: "fa-institution", label: _t("Tax ID"), text: vat},
            {name: "ref", icon: "fa-hashtag", label: _t("Reference"), text: ref},
        ].filter(({text}) => text);
    }

    /** The judgements as badges: a status and a class in their colours, a score in grey. */
    get judged() {
        return this.props.block.judged.map(({name, label, value, text, reason}) => ({
            name,
            value,
            text: name === "retention_status" ? text : `${label} ${text}`,
            title: reason ? `${label}: ${reason}` : label,
            color: `text-bg-${STATUS[STATUS_COLORS[value] ?? CLASS_COLORS[value]] ?? "secondary"}`,
        }));
    }

    get completeness() {
        const share = formatShare(this.props.block.completeness, 0);
        return share && _t("Data complete: %s", share);
    }
}

registry.category("crm_cartera.sheet_blocks").add("header", {Component: Header, place: "top"});
