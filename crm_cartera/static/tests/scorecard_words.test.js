import {describe, expect, test} from "@odoo/hoot";
import {makeMockEnv} from "@web/../tests/web_test_helpers";

import {getSpark} from "@crm_cartera/scorecard/spark";
import {
    compare,
    describeTarget,
    formatChange,
    formatFigure,
    getTrends,
} from "@crm_cartera/scorecard/words";

import {makeCard} from "./scorecard_helpers";

describe.current.tags("headless");

test("each unit in its own way, what is missing stays blank", async () => {
    await makeMockEnv();
    expect(formatFigure(0, "money", 1)).toInclude("0");
    expect(formatFigure(1234567, "money", 1)).toInclude("1,234,567");
    expect(formatFigure(12345678, "money", 1)).toInclude("12.3M");
    expect(formatFigure(0.856, "percent")).toBe("85.6%");
    expect(formatFigure(12, "count")).toBe("12");
    expect(formatFigure(2.345, "count")).toBe("2.3");
    expect(formatFigure(3.5, "days")).toBe("3.5 d");
    for (const missing of [null, undefined, false]) {
        expect(formatFigure(missing, "money", 1)).toBe("");
    }
});

test("money by its share of what it was, all else by the difference", async () => {
    await makeMockEnv();
    const change = (value, before, unit) => formatChange(compare(value, before, unit), unit, 1);
    expect(change(120, 100, "money")).toBe("+20%");
    expect(change(12, 15, "count")).toBe("−3");
    expect(change(0.75, 0.7, "percent")).toBe("+5.0 pts");
    expect(change(4, 4, "days")).toBe("±0 d");
    expect(change(120, 0, "money")).toInclude("120");
    expect(change(-50, -100, "money")).toInclude("+");
    expect(change(2.31, 2.34, "count")).toBe("±0");
    expect(compare(null, 3, "count")).toBe(null);
    expect(compare(3, null, "count")).toBe(null);
});

test("a fall is good news where lower is better", async () => {
    await makeMockEnv();
    const tones = (values) => getTrends(makeCard(values), 1).map(({tone}) => tone);
    expect(tones({})).toEqual([1, -1]);
    expect(tones({direction: "lower"})).toEqual([-1, 1]);
    expect(tones({previous: null, last_year: 1200})).toEqual([0, 0]);
    const [previous, lastYear] = getTrends(makeCard({last_year: null}), 1);
    expect(previous.help).toInclude("Oct 2026");
    expect(lastYear.text).toBe("–");
    expect(lastYear.help).toInclude("not known");
});

test("a sum that still grows is compared with as many days", async () => {
    await makeMockEnv();
    const texts = (values) =>
        getTrends(makeCard({previous: 2400, elapsed: 0.5, ...values}), 1).map(({text}) => text);
    expect(texts({})[0]).toBe("±0%");
    expect(texts({state: "frozen"})[0]).toBe("−50%");
    expect(texts({form: "stock"})[0]).toBe("−50%");
    expect(getTrends(makeCard({elapsed: 0.5}), 1)[0].help).toInclude("50%");
});

test("the part of a target that is due", async () => {
    await makeMockEnv();
    const unit = "count";
    expect(describeTarget(makeCard({unit, target: 30, expected: 20}), 1)).toBe(
        "Target 30, by today 20"
    );
    expect(describeTarget(makeCard({unit, target: 30, expected: 30}), 1)).toBe("Target 30");
    expect(describeTarget(makeCard({unit, target: 0, expected: 0}), 1)).toBe("Target 0");
    expect(describeTarget(makeCard({unit, target: null, expected: null}), 1)).toBe("No target");
});

test("the small drawing", () => {
    const history = [
        {value: -10, target: 20},
        {value: null, target: 20},
        {value: 30, target: null},
    ];
    const bars = getSpark(history, true);
    expect(bars.bars[1]).toBe(null);
    expect(bars.bars[0].y).toBeGreaterThan(bars.bars[2].y);
    expect(bars.lines).toHaveLength(0);
    expect(bars.targets).toHaveLength(1);
    const line = getSpark(history, false);
    expect(line.lines).toHaveLength(2, {message: "a gap is no line"});
    expect(line.last.y).toBeLessThan(line.last.x);
    for (const nothing of [[], [{value: null, target: null}], [{value: 0, target: 0}]]) {
        expect(JSON.stringify(getSpark(nothing, true))).not.toInclude("null,null");
        expect(JSON.stringify(getSpark(nothing, false))).not.toMatch(/NaN|Infinity/);
    }
});
