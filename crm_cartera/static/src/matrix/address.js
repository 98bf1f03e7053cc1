import {router} from "@web/core/browser/router";

const ADDRESS = {row: "row", column: "column", matrix: "matrix", user_id: "salesperson"};

/** Read from the address what a link to the screen asks for; only what it names. */
export function readAddress({id, path, tag}) {
    const found = {choices: {}, view: {}};
    const {current} = router;
    if (![id, path, tag].includes(current.action)) {
        return found;
    }
    for (const [name, key] of Object.entries(ADDRESS)) {
        if (Number.isInteger(current[key])) {
            // Nobody is 0 there: an address has no false.
            found.choices[name] = current[key] || false;
        }
    }
    if (typeof current.measure === "string") {
        found.view.measure = current.measure;
    }
    return found;
}

/** Return what the address says of the choices; what is not chosen is not named. */
export function getAddress(choices, measure) {
    const address = {measure};
    for (const [name, key] of Object.entries(ADDRESS)) {
        const value = choices[name];
        address[key] = value === false ? 0 : (value ?? undefined);
    }
    return address;
}
