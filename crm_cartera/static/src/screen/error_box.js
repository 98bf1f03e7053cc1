import {Component} from "@odoo/owl";

/** Says what went wrong, in place of what could not be read, and offers to try again. */
export class ErrorBox extends Component {
    static template = "crm_cartera.ErrorBox";
    static props = {message: String, onRetry: Function};
}
