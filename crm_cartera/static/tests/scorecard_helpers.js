import {FRAME} from "./screen_helpers";

/** What the server says of a month, a closed one unless told otherwise. */
export const PERIODS = {
    "2026-10": {
        kind: "month",
        key: "2026-10",
        label: "October 2026",
        running: false,
        previous: "2026-09",
        next: "2026-11",
    },
    "2026-11": {
        kind: "month",
        key: "2026-11",
        label: "November 2026",
        running: true,
        previous: "2026-10",
        next: false,
    },
    2026: {
        kind: "year",
        key: "2026",
        label: "2026",
        running: true,
        previous: "2025",
        next: false,
    },
};

export const SCORECARD_FRAME = {
    ...FRAME,
    company_id: 1,
    company_name: "Suministros Levante",
    period: PERIODS["2026-11"],
    periods: [
        {key: "2026-11", label: "November 2026"},
        {key: "2026-10", label: "October 2026"},
    ],
    scope: "company",
    scopes: [
        {key: "company", label: "Company"},
        {key: "team:3", label: "North"},
        {key: "user:7", label: "Lucía"},
    ],
    perspectives: [
        {code: "financial", name: "Financial", indicators: 2},
        {code: "customer", name: "Customers", indicators: 1},
        {code: "internal", name: "Internal processes", indicators: 0},
        {code: "learning", name: "Learning and growth", indicators: 1},
    ],
    may_refreeze: false,
};

let nextId = 1;

/** A card of the contract, on target unless told otherwise. */
export function makeCard(values) {
    const id = nextId++;
    return {
        id,
        name: `Indicator ${id}`,
        code: `code_${id}`,
        unit: "money",
        form: "flow",
        perspective: "financial",
        description: "In plain words",
        direction: "higher",
        value: 1200,
        numerator: 1200,
        denominator: null,
        target: 1000,
        expected: 1000,
        light: "green",
        previous: 1000,
        last_year: 1500,
        history: [
            {key: "2026-09", label: "Sep 2026", value: 900, target: 1000},
            {key: "2026-10", label: "Oct 2026", value: null, target: 1000},
            {key: "2026-11", label: "Nov 2026", value: 1200, target: 1000},
        ],
        state: "running",
        period: "2026-11",
        period_label: "Nov 2026",
        previous_label: "Oct 2026",
        last_year_label: "Nov 2025",
        elapsed: 1,
        frozen_date: false,
        frozen_label: false,
        frozen_by: false,
        value_now: null,
        changed: false,
        own: false,
        ...values,
    };
}

/** The answer of get_scorecard to these choices: of the running month unless another period is asked for. */
export function answerFrame(values = {}) {
    return ({kind, period, scope}) => ({
        ...SCORECARD_FRAME,
        period: PERIODS[period ?? (kind === "year" ? "2026" : "2026-11")],
        scope: scope ?? "company",
        ...values,
    });
}
