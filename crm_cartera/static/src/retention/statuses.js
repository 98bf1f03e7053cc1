/** Colours of the retention statuses, from the best one to the worst: as the bars are stacked. */
export const STATUS_COLORS = {
    active: "#00a78d",
    recovered: "#43c5b1",
    new: "#4ea7f2",
    at_risk: "#ffbc2c",
    inactive: "#f48935",
    lost: "#7e8290",
};
