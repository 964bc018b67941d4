/*! With Apache ECharts 6.1.0 (Apache License 2.0), zrender (BSD 3-Clause) and tslib (0BSD); https://echarts.apache.org */
// Charts of the results pages. Each is a drawing of the table beside it, which has the same figures; without scripts the table stands alone.
import * as echarts from "echarts/core";
import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

const css = getComputedStyle(document.documentElement);
const colour = (name) => css.getPropertyValue(`--${name}`).trim();
const [ink, muted, line, green, ochre, red] = ["ink", "muted", "line", "green", "ochre", "red"].map(colour);
const others = [green, ochre, "#33475b", "#7a5c86", "#6b7d2a", red];
const text = { color: ink, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 };
const percent = (value) => `${Math.round(value * 100) / 100}%`;
const narrow = (element) => element.clientWidth < 520;
const common = { animation: false, textStyle: text, aria: { enabled: false } };
const axis = { axisLine: { lineStyle: { color: line } }, axisLabel: { color: muted }, splitLine: { lineStyle: { color: line } } };

// The scale of shares begins below the least that is drawn, so that intervals can be told apart, and says so by its labels.
const least = (values) => {
  const low = Math.min(...values.filter((value) => value !== null && value !== undefined));
  return Number.isFinite(low) ? Math.max(0, Math.floor((low - 2) / 10) * 10) : 0;
};

// One row each: name, value, low, high, and where it is compared with something: line, before, official.
function intervals(element, data) {
  const rows = data.rows;
  element.style.height = `${rows.length * 34 + 56}px`;
  const from = least(rows.flatMap((row) => [row.low, row.value, row.line, row.before, row.official]));
  const draw = (_, api) => {
    const row = rows[api.value(0)];
    const at = (value) => api.coord([value, api.value(0)]);
    const [[, y], shapes] = [at(from), []];
    const bar = (value, height, stroke, width) => shapes.push({ type: "line", shape: { x1: at(value)[0], y1: y - height, x2: at(value)[0], y2: y + height }, style: { stroke, lineWidth: width } });
    if (row.value === null) {
      shapes.push({ type: "text", style: { text: row.says, x: at(from)[0] + 6, y, fill: muted, textVerticalAlign: "middle", fontSize: 12, fontFamily: text.fontFamily } });
      return { type: "group", children: shapes };
    }
    const tone = row.position === "Above" ? green : row.position === "Below" ? red : "#33475b";
    shapes.push({ type: "line", shape: { x1: at(row.low)[0], y1: y, x2: at(row.high)[0], y2: y }, style: { stroke: tone, lineWidth: 7, opacity: 0.35 } });
    bar(row.low, 6, tone, 1.5);
    bar(row.high, 6, tone, 1.5);
    if (row.line !== null) bar(row.line, 13, ochre, 2);
    if (row.official !== null) shapes.push({ type: "polygon", shape: { points: [[at(row.official)[0], y - 7], [at(row.official)[0] + 6, y], [at(row.official)[0], y + 7], [at(row.official)[0] - 6, y]] }, style: { fill: "#fff", stroke: ochre, lineWidth: 2 } });
    if (row.before !== null) shapes.push({ type: "circle", shape: { cx: at(row.before)[0], cy: y, r: 4.5 }, style: { fill: "#fff", stroke: muted, lineWidth: 1.5 } });
    shapes.push({ type: "circle", shape: { cx: at(row.value)[0], cy: y, r: 5 }, style: { fill: tone } });
    return { type: "group", children: shapes };
  };
  return {
    ...common,
    grid: { left: 8, right: 24, top: 28, bottom: 8, containLabel: true },
    xAxis: { ...axis, type: "value", min: from, max: 100, position: "top", axisLabel: { color: muted, formatter: percent } },
    yAxis: { ...axis, type: "category", inverse: true, data: rows.map((row) => row.name), splitLine: { show: false }, axisTick: { show: false }, axisLabel: { color: ink, interval: 0, width: narrow(element) ? 120 : 260, overflow: "break" } },
    series: [{ type: "custom", renderItem: draw, data: rows.map((_, i) => [i, rows[i].value ?? from]), encode: { x: 1, y: 0 } }],
  };
}

// Bars by name; null is a figure that is not shown.
function bars(element, data) {
  const flat = data.lying;
  element.style.height = flat ? `${data.names.length * 30 + 50}px` : "280px";
  const names = { ...axis, type: "category", data: data.names, inverse: flat, axisTick: { show: false }, splitLine: { show: false }, axisLabel: { color: ink, width: narrow(element) ? 110 : 300, overflow: "truncate" } };
  const values = { ...axis, type: "value", min: 0, max: data.percent ? 100 : null, axisLabel: { color: muted, formatter: data.percent ? percent : undefined } };
  return {
    ...common,
    color: others,
    legend: data.series.length > 1 ? { top: 0, textStyle: text } : undefined,
    grid: { left: 8, right: 24, top: data.series.length > 1 ? 36 : 12, bottom: 8, containLabel: true },
    xAxis: flat ? values : names,
    yAxis: flat ? names : values,
    series: data.series.map((one) => ({ type: "bar", name: one.name, data: one.values, stack: data.stacked ? "all" : undefined, barMaxWidth: 26 })),
  };
}

// Figures over periods: what was rehearsed and what was published.
function series(element, data) {
  element.style.height = "300px";
  const from = least(data.series.flatMap((one) => one.values));
  return {
    ...common,
    color: others,
    legend: { top: 0, type: "plain", textStyle: text },
    grid: { left: 8, right: 24, top: narrow(element) ? 84 : 44, bottom: 8, containLabel: true },
    xAxis: { ...axis, type: "category", data: data.names, axisTick: { show: false }, splitLine: { show: false } },
    yAxis: { ...axis, type: "value", min: from, max: 100, axisLabel: { color: muted, formatter: percent } },
    series: data.series.map((one, i) => ({
      type: "line", name: one.name, data: one.values, connectNulls: true, symbolSize: 8, symbol: i === 0 ? "circle" : "emptyDiamond", lineStyle: { type: i === 0 ? "solid" : "dashed" },
      markLine: i === 0 && data.line ? { silent: true, symbol: "none", lineStyle: { color: ochre }, label: { formatter: percent(data.line), position: "insideEndTop", color: ochre }, data: [{ yAxis: data.line }] } : undefined,
    })),
  };
}

const kinds = { intervals, bars, series };
for (const element of document.querySelectorAll("[data-chart]")) {
  element.hidden = false;
  const data = JSON.parse(element.dataset.figures);
  const option = kinds[element.dataset.chart](element, data);
  const chart = echarts.init(element, null, { renderer: "svg" });
  chart.setOption(option);
  new ResizeObserver(() => chart.resize()).observe(element);
}
