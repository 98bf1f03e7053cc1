/**
 * One colour for one judgement, on every screen: the variable of Bootstrap that paints its badge in the
 * views, bright or dark. Only the grey is a darker one than theirs, which is lost in a chart.
 */
const GREY = "--gray-600";

/** The retention statuses, from the best one to the worst: as the bars are stacked. */
export const STATUS_COLORS = {
    active: "--success",
    recovered: "--primary",
    new: "--info",
    at_risk: "--warning",
    inactive: "--danger",
    lost: GREY,
};

/** The classes of the ABC analysis. */
export const CLASS_COLORS = {A: "--success", B: "--info", C: GREY};
