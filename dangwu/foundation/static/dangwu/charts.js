// Draws the charts of a page on canvas, in the colours of the theme, by day and by night.

const OTHER_NIGHT = window.matchMedia("(prefers-color-scheme: dark)");
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

let library;

function load(address) {
  library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { ink: of("--ink"), soft: of("--soft"), line: of("--line"), sheet: of("--sheet"), series: [1, 2, 3, 4, 5].map((n) => of(`--chart-${n}`)) };
}

function seriesOf(chart) {
  return chart.series.map(({ name, values }) => ({
    name,
    data: values,
    type: chart.kind === "line" ? "line" : "bar",
    stack: chart.kind === "stacked" ? "all" : undefined,
    barMaxWidth: 36,
    symbolSize: 7,
  }));
}

function options(chart) {
  const { ink, soft, line, sheet, series } = colours();
  const fontFamily = getComputedStyle(document.body).fontFamily;
  const several = chart.series.length > 1;
  return {
    color: series,
    animation: !STILL.matches,
    textStyle: { color: ink, fontFamily, fontSize: 14 },
    aria: { enabled: true, label: { enabled: false }, decal: { show: several && chart.kind !== "line" } },
    legend: { show: several, top: 0, left: 0, textStyle: { color: ink } },
    grid: { left: 4, right: 12, top: several ? 40 : 12, bottom: 4, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: sheet, borderColor: line, textStyle: { color: ink } },
    xAxis: { type: "category", data: chart.labels, axisLabel: { color: soft }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false } },
    yAxis: { type: "value", minInterval: 1, axisLabel: { color: soft }, splitLine: { lineStyle: { color: line } } },
    series: seriesOf(chart),
  };
}

export async function draw(place) {
  await load(place.dataset.echarts);
  const chart = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  place.hidden = false;
  const drawing = window.echarts.init(place, null, { renderer: "canvas" });
  drawing.setOption(options(chart));
  new ResizeObserver(() => drawing.resize()).observe(place);
  OTHER_NIGHT.addEventListener("change", () => drawing.setOption(options(chart)));
}
