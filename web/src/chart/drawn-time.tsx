/** Draws a chart on a time axis. */
import { BarChart, LineChart } from 'echarts/charts'
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from 'echarts/components'
import { use } from 'echarts/core'
import { type Ref, useCallback, useRef } from 'react'
import classes from './chart.module.css'
import type { ChartSeries, TimeSpec } from './chart-spec.ts'
import { type Drawing, hatch, type Ink, textStyle, tooltipStyle, useDrawing, usePng } from './drawing.ts'
import { hintBox, hintLines } from './hint.ts'
import { axisLabels, correctionsOf, gapsOf, haveLines, isAllZero, isBad, marksOf, unfinishedOf } from './read-time.ts'
import { drawnValue, shortText } from './tell-value.ts'
import { words } from './words.ts'

use([BarChart, LineChart, GridComponent, TooltipComponent, MarkLineComponent, MarkPointComponent, MarkAreaComponent])

type Props = { readonly spec: TimeSpec; readonly scheme: 'light' | 'dark'; readonly ref: Ref<Drawing> }

export function DrawnTime({ spec, scheme, ref }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const make = useCallback(
    (ink: Ink, widthPx: number, isHovered: () => boolean) => optionOf(spec, ink, widthPx, isHovered),
    [spec],
  )
  const drawing = useDrawing(box, make, scheme, groupOf(spec))
  usePng(ref, drawing, box)
  return <div ref={box} className={classes.canvas} />
}

/** Only charts of the same buckets can share a crosshair. */
const groupOf = ({ buckets }: TimeSpec): string => `${buckets[0]?.start} ${buckets.length}`

const AXIS_PX = 60
const GAP_LABEL_PX = 40
/** From here on there is room for the names of lines beside their ends. */
const NAMES_FROM_PX = 560
const NAMES_PX = 132

/** Thin areas one on the other would have their names in one place: the legend names them. */
export const namesBeside = (spec: TimeSpec, widthPx: number): boolean =>
  spec.draw !== 'bar' && !spec.stack && spec.series.length > 1 && widthPx >= NAMES_FROM_PX

function optionOf(spec: TimeSpec, ink: Ink, widthPx: number, isHovered: () => boolean) {
  const { buckets, unit } = spec
  const gaps = gapsOf(spec)
  const beside = namesBeside(spec, widthPx)
  const bucketPx = Math.max(1, (widthPx - AXIS_PX - (beside ? NAMES_PX : 0)) / Math.max(1, buckets.length))
  const text = textStyle(ink)
  const labels = axisLabels(spec, bucketPx, words.soFar)
  const allZero = isAllZero(spec)
  const negative = spec.series.some(({ values }) => values.some((value) => value !== null && value < 0))
  return {
    animation: false,
    textStyle: text,
    grid: {
      left: 4,
      right: beside ? NAMES_PX : 16,
      top: 24,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      boundaryGap: spec.draw === 'bar',
      data: buckets.map(({ start }) => start),
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        interval: (index: number) => labels.has(index),
        formatter: (_: string, index: number) => labels.get(index) ?? '',
      },
      // Missing buckets stand on another ground: one without a bar and without that ground is one of 0.
      splitArea: {
        show: buckets.some(({ state, closed }) => state === 'missing' || closed),
        interval: 0,
        // The shadow closes the seams between neighbours.
        areaStyle: {
          shadowColor: ink.gap,
          shadowBlur: 2,
          color: buckets.map(({ state, closed }) =>
            state === 'missing' ? ink.gap : closed ? ink.hover : 'transparent',
          ),
        },
      },
    },
    yAxis: {
      type: 'value',
      // Each is said every time: options are merged, and what was said of a time without a sale would stay.
      minInterval: unit.kind === 'count' ? 1 : null,
      max: allZero ? 1 : null,
      interval: allZero ? 1 : null,
      // Below zero no more room than the lowest bar needs.
      min: ({ min }: { min: number }) => Math.min(0, min * 1.15),
      splitNumber: 4,
      splitLine: { lineStyle: { color: ink.line, width: 1 } },
      axisLabel: {
        ...text,
        formatter: (value: number) => (allZero && value > 0 ? '' : shortText(value)),
        showMinLabel: !negative,
      },
    },
    tooltip: {
      ...tooltipStyle(ink),
      trigger: 'axis',
      axisPointer:
        spec.draw === 'bar'
          ? { type: 'shadow', shadowStyle: { color: ink.ink, opacity: 0.06 } }
          : { type: 'line', lineStyle: { color: ink['ink-3'], type: 'solid' } },
      // The crosshair of a neighbour moves here too; its words stand there alone.
      formatter: (points: { dataIndex: number }[]) =>
        isHovered() ? hintBox(hintLines(spec, points[0]!.dataIndex)) : '',
    },
    series: [
      ...bandOf(spec, ink),
      ...spec.series.map((series, at) => ({
        ...(series.comparison ? comparisonOf(series, spec, ink) : drawn(series, spec, ink)),
        ...(beside && !isEdge(series, spec) && series.values.some((value) => value !== null)
          ? endName(series, ink)
          : {}),
        ...(at === 0 ? marks(spec, ink, bucketPx, gaps) : {}),
      })),
    ],
  }
}

const dataOf = ({ values }: ChartSeries, { unit }: TimeSpec) =>
  values.map((value) => (value === null ? '-' : drawnValue(value, unit)))

function drawn(series: ChartSeries, spec: TimeSpec, ink: Ink) {
  const { draw, stack, buckets } = spec
  const common = { id: series.key, name: series.name, ...(stack ? { stack: 'all' } : {}), emphasis: { disabled: true } }
  if (draw === 'bar') {
    return {
      ...common,
      type: 'bar',
      barCategoryGap: '20%',
      barMaxWidth: 24,
      data: dataOf(series, spec).map((value, index) => {
        const colour = typeof value === 'number' && value < 0 && !stack ? ink.below : ink[series.colour]
        return buckets[index]?.state === 'filling'
          ? { value, itemStyle: { color: hatch(colour, ink.card), borderColor: colour, borderWidth: 1 } }
          : { value, itemStyle: { color: colour } }
      }),
    }
  }
  const colour = ink[series.colour]
  return {
    ...common,
    type: 'line',
    data: dataOf(series, spec),
    symbol: 'circle',
    // A value between two gaps would be a line of no length.
    symbolSize: 4,
    showSymbol: series.values.length < 3 || isolated(series),
    connectNulls: false,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: stack ? 1 : 2 },
    ...(draw === 'area' ? { areaStyle: { color: colour, opacity: stack ? 0.85 : 0.18 } } : {}),
  }
}

/** The ground's edges may lie on what is within: they have no names beside them. */
const isEdge = ({ key }: ChartSeries, { band }: TimeSpec): boolean => key === band?.low || key === band?.high

/** One line without ink on the lower edge, and on it the way to the upper one, filled. */
function bandOf(spec: TimeSpec, ink: Ink) {
  const [low, high] = [spec.band?.low, spec.band?.high].map((key) => spec.series.find((series) => series.key === key))
  if (low === undefined || high === undefined) return []
  const width = high.values.map((value, at) => (value === null ? null : value - (low.values[at] ?? 0)))
  const common = { type: 'line', stack: 'band', symbol: 'none', silent: true, lineStyle: { opacity: 0 } }
  return [
    { ...common, id: 'band-low', data: dataOf(low, spec) },
    {
      ...common,
      id: 'band',
      data: dataOf({ ...high, values: width }, spec),
      areaStyle: { color: ink['ink-3'], opacity: 0.16 },
    },
  ]
}

const isolated = ({ values }: ChartSeries): boolean =>
  values.some(
    (value, index) => value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null,
  )

const comparisonOf = (series: ChartSeries, spec: TimeSpec, ink: Ink) => ({
  id: series.key,
  name: series.name,
  type: 'line',
  data: dataOf(series, spec),
  symbol: 'none',
  z: 3,
  emphasis: { disabled: true },
  lineStyle: { color: ink['ink-3'], width: 1.5, type: [4, 4] },
  itemStyle: { color: ink['ink-3'] },
})

/** The name of a line where it ends; those that would stand in each other give way. */
const endName = ({ name, comparison }: ChartSeries, ink: Ink) => ({
  endLabel: {
    show: true,
    formatter: name,
    color: comparison ? ink['ink-3'] : ink['ink-2'],
    fontSize: 12,
    fontFamily: ink.font,
    width: NAMES_PX - 12,
    overflow: 'truncate' as const,
    distance: 8,
  },
  labelLayout: { moveOverlap: 'shiftY' as const, hideOverlap: true },
})

/** Drawn with the first series: what belongs to the axis alone. */
function marks(spec: TimeSpec, ink: Ink, bucketPx: number, gaps: ReturnType<typeof gapsOf>) {
  const text = textStyle(ink)
  const found = marksOf(spec)
  const lines = haveLines(found)
  const unfinished = unfinishedOf(spec)
  return {
    markLine: {
      silent: true,
      symbol: ['none', 'none'],
      animation: false,
      data: found.map(({ index, kind, texts }) => {
        const colour = isBad(kind) ? ink.bad : ink.accent
        const sign = isBad(kind) ? '▲' : '◆'
        return {
          xAxis: index,
          lineStyle: { color: colour, width: lines ? 1 : 0, type: [3, 3] },
          label: {
            ...text,
            color: colour,
            formatter: texts.length === 1 ? sign : `${sign} ${texts.length}`,
            position: 'end',
            distance: 2,
          },
        }
      }),
    },
    markPoint: {
      silent: true,
      animation: false,
      data: [
        ...correctionsOf(spec).map(({ index, value }) => ({
          name: 'corrected',
          coord: [index, drawnValue(value, spec.unit)],
          symbol: 'diamond',
          symbolSize: 8,
          symbolOffset: [0, -8],
          itemStyle: { color: ink.card, borderColor: ink['ink-2'], borderWidth: 1.5 },
          label: { show: false },
        })),
        ...gapNames(gaps, bucketPx, { ...text, color: ink['ink-2'] }),
      ],
    },
    markArea: {
      silent: true,
      animation: false,
      // Bars are hatched themselves.
      data:
        spec.draw === 'bar' || unfinished === null || unfinished === 0
          ? []
          : [
              [
                { xAxis: unfinished - 1, itemStyle: { color: hatch(ink.gap, ink.card), opacity: 0.7 } },
                { xAxis: unfinished },
              ],
            ],
    },
  }
}

/** Only where there is room; the legend says it in any case. */
const gapNames = (gaps: ReturnType<typeof gapsOf>, bucketPx: number, text: ReturnType<typeof textStyle>) =>
  gaps.flatMap(([from, to]) =>
    (to - from + 1) * bucketPx < GAP_LABEL_PX
      ? []
      : [
          {
            name: words.noData,
            // Between two buckets where their number is even.
            coord: [Math.floor((from + to) / 2), 0],
            y: '45%',
            symbol: 'rect',
            symbolSize: 0,
            label: {
              ...text,
              show: true,
              formatter: words.noDataBroken,
              position: 'inside' as const,
              lineHeight: 16,
              offset: [((to - from) % 2) * (bucketPx / 2), 0],
            },
          },
        ],
  )
