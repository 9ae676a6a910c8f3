/** Draws what `prepare-series-chart.ts` has decided. Loaded apart: it brings ECharts. */
import { BarChart, type BarSeriesOption } from 'echarts/charts'
import { GridComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { ChartBar, SeriesChart } from './prepare-series-chart.ts'
import classes from './series-card.module.css'

use([BarChart, GridComponent, TooltipComponent, MarkLineComponent, MarkPointComponent, CanvasRenderer])

/** What the card may ask of the picture. */
export type DrawnChart = { readonly toPng: () => Promise<Blob | null> }

type Props = { readonly chart: SeriesChart; readonly scheme: 'light' | 'dark'; readonly ref: Ref<DrawnChart> }

export default function Drawn({ chart, scheme, ref }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const drawing = useRef<ECharts>(null)
  const latest = useRef(chart)

  useEffect(() => {
    const element = box.current!
    const made = init(element, null, { renderer: 'canvas' })
    drawing.current = made
    const observer = new ResizeObserver(() => {
      made.resize()
      made.setOption(optionOf(latest.current, inkOf(element), element.clientWidth))
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [])

  useEffect(() => {
    latest.current = chart
    const element = box.current!
    // `scheme`: the same colours by name have other values in the other theme.
    if (scheme) drawing.current?.setOption(optionOf(chart, inkOf(element), element.clientWidth))
  }, [chart, scheme])

  useImperativeHandle(ref, () => ({ toPng: () => pngOf(drawing.current!, latest.current, inkOf(box.current!)) }), [])
  return <div ref={box} className={classes.canvas} />
}

type Ink = Record<
  'ink' | 'ink2' | 'ink3' | 'line' | 'card' | 'raised' | 'hover' | 'amount' | 'below' | 'bad' | 'gap' | 'font',
  string
>

/** The theme's colours, as they stand where the picture stands. */
function inkOf(element: HTMLElement): Ink {
  const style = getComputedStyle(element)
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: of('ink'),
    ink2: of('ink-2'),
    ink3: of('ink-3'),
    line: of('line'),
    card: of('card'),
    raised: of('raised'),
    hover: of('hover'),
    amount: of('amount'),
    below: of('below'),
    bad: of('bad'),
    gap: of('gap'),
    font: style.fontFamily,
  }
}

/** What a clock, and the words below the last minute, need beside each other. */
const CLOCK_PX = 52
const AXIS_PX = 60

const GAP_LABEL_PX = 40

type Text = { readonly color: string; readonly fontSize: number; readonly fontFamily: string }

const correctedMarks = (corrections: SeriesChart['corrections'], ink: Ink) =>
  corrections.map(({ index, value }) => ({
    name: 'corrected',
    coord: [index, value],
    symbol: 'diamond',
    symbolSize: 8,
    symbolOffset: [0, -8],
    itemStyle: { color: ink.card, borderColor: ink.ink2, borderWidth: 1.5 },
    label: { show: false },
  }))

/** Only where there is room; the legend says it in any case. */
const gapLabels = (gaps: SeriesChart['gaps'], minutePx: number, text: Text) =>
  gaps.flatMap(([from, to]) =>
    (to - from + 1) * minutePx < GAP_LABEL_PX
      ? []
      : [
          {
            name: 'no data',
            // Between two minutes where their number is even.
            coord: [Math.floor((from + to) / 2), 0],
            y: '45%',
            symbol: 'rect',
            symbolSize: 0,
            label: {
              ...text,
              show: true,
              formatter: 'no\ndata',
              position: 'inside' as const,
              lineHeight: 16,
              offset: [((to - from) % 2) * (minutePx / 2), 0],
            },
          },
        ],
  )

function optionOf(chart: SeriesChart, ink: Ink, widthPx: number) {
  const { bars, corrections, gaps, openings, openingLines, unfinished } = chart
  const minutePx = Math.max(1, (widthPx - AXIS_PX) / Math.max(1, bars.length))
  const minutesOfClock = Math.ceil(CLOCK_PX / minutePx)
  const clockEvery = minutesOfClock <= 10 ? 10 : 20
  const text = { color: ink.ink3, fontSize: 12, fontFamily: ink.font }
  const colourOf = ({ value, state }: ChartBar) => {
    const colour = (value ?? 0) < 0 ? ink.below : ink.amount
    return state === 'not over yet' ? hatch(colour, ink.card) : colour
  }
  const series: BarSeriesOption = {
    type: 'bar',
    data: bars.map((bar) => ({
      value: bar.value ?? '-',
      itemStyle: {
        color: colourOf(bar),
        ...(bar.state === 'not over yet'
          ? { borderColor: bar.value! < 0 ? ink.below : ink.amount, borderWidth: 1 }
          : {}),
      },
    })),
    barCategoryGap: '20%',
    barMaxWidth: 24,
    emphasis: { disabled: true },
    markLine: {
      silent: true,
      symbol: ['none', 'none'],
      animation: false,
      data: openings.map(({ index, texts }) => ({
        xAxis: index,
        lineStyle: { color: ink.bad, width: openingLines ? 1 : 0, type: [3, 3] },
        label: {
          ...text,
          color: ink.bad,
          formatter: texts.length === 1 ? '▲' : `▲ ${texts.length}`,
          position: 'end',
          distance: 2,
        },
      })),
    },
    markPoint: {
      silent: true,
      animation: false,
      data: [...correctedMarks(corrections, ink), ...gapLabels(gaps, minutePx, { ...text, color: ink.ink2 })],
    },
  }
  return {
    animation: false,
    textStyle: text,
    grid: { left: 4, right: 16, top: 24, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: bars.map(({ label }) => label),
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        interval: (index: number, label: string) =>
          index === unfinished || (Number(label.slice(3)) % clockEvery === 0 && index < bars.length - minutesOfClock),
        formatter: (label: string, index: number) => (index === unfinished ? 'so far' : label),
      },
      // Missing minutes stand on another ground: a minute without a bar and without that ground is one of 0.
      splitArea: {
        show: gaps.length > 0,
        interval: 0,
        // The shadow closes the seams between neighbours.
        areaStyle: {
          shadowColor: ink.gap,
          shadowBlur: 2,
          color: bars.map(({ value }) => (value === null ? ink.gap : 'transparent')),
        },
      },
    },
    yAxis: {
      type: 'value',
      // Each is said every time: options are merged, and what was said of an hour without a sale would stay.
      minInterval: chart.unit === '' ? 1 : null,
      max: chart.allZero ? 1 : null,
      interval: chart.allZero ? 1 : null,
      // Below zero no more room than the lowest bar needs.
      min: ({ min }: { min: number }) => Math.min(0, min * 1.15),
      splitNumber: 4,
      splitLine: { lineStyle: { color: ink.line, width: 1 } },
      axisLabel: {
        ...text,
        formatter: (value: number) => (chart.allZero && value > 0 ? '' : compactNumber(value)),
        showMinLabel: !bars.some(({ value }) => value !== null && value < 0),
      },
    },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: ink.ink, opacity: 0.06 } },
      confine: true,
      transitionDuration: 0,
      backgroundColor: ink.raised,
      borderColor: ink.line,
      padding: [8, 12],
      textStyle: { ...text, color: ink.ink, fontSize: 13 },
      formatter: (points: { dataIndex: number }[]) => tooltipOf(chart, points[0]!.dataIndex),
    },
    series: [series],
  }
}

const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 })
const compactNumber = (value: number) => compact.format(value).replace('-', '−')

/** Built of nodes: the texts of alerts hold names that somebody else gave. */
function tooltipOf({ bars, openings }: SeriesChart, index: number): HTMLElement {
  const { label, told, share, change, state, corrected } = bars[index]!
  const box = document.createElement('div')
  box.className = classes.hint!
  const add = (className: string | undefined, text: string) => {
    const line = document.createElement('div')
    if (className !== undefined) line.className = className
    line.textContent = text
    box.append(line)
  }
  add(classes.hintHead, label)
  add(classes.hintFigure, told)
  if (change !== '') add(undefined, `${change} to the minute before`)
  if (share !== '') add(undefined, `${share} of the hour`)
  if (state === 'not over yet' || state === 'may still change')
    add(undefined, state.charAt(0).toUpperCase() + state.slice(1))
  if (corrected) add(undefined, 'Corrected by late events')
  for (const text of openings.find((opening) => opening.index === index)?.texts ?? []) add(classes.hintAlert, text)
  return box
}

/** What is not over looks unfinished: slanted lines on the ground of the card. */
function hatch(colour: string, ground: string) {
  return pattern((pen) => {
    pen.fillStyle = ground
    pen.fillRect(0, 0, 6, 6)
    pen.strokeStyle = colour
    pen.lineWidth = 1.75
    stripes(pen)
  })
}

function stripes(pen: CanvasRenderingContext2D) {
  for (const shift of [-6, 0, 6]) {
    pen.beginPath()
    pen.moveTo(shift - 1, 7)
    pen.lineTo(shift + 7, -1)
    pen.stroke()
  }
}

/** A tile of 6 x 6 that is repeated. */
function pattern(draw: (pen: CanvasRenderingContext2D) => void) {
  const image = document.createElement('canvas')
  image.width = image.height = 6
  draw(image.getContext('2d')!)
  return { image, repeat: 'repeat' as const }
}

const SCALE = 2
const HEAD_PX = 56

/** The picture with its title, unit and zone, so that it says what it is wherever it is sent. */
async function pngOf(drawing: ECharts, chart: SeriesChart, ink: Ink): Promise<Blob | null> {
  const picture = drawing.renderToCanvas({ pixelRatio: SCALE, backgroundColor: ink.card })
  const sheet = document.createElement('canvas')
  const margin = 16 * SCALE
  sheet.width = picture.width + 2 * margin
  sheet.height = picture.height + HEAD_PX * SCALE + margin
  const pen = sheet.getContext('2d')!
  pen.fillStyle = ink.card
  pen.fillRect(0, 0, sheet.width, sheet.height)
  pen.fillStyle = ink.ink
  pen.font = `600 ${14 * SCALE}px ${ink.font}`
  pen.fillText(chart.title, margin, 26 * SCALE)
  pen.fillStyle = ink.ink2
  pen.font = `${12 * SCALE}px ${ink.font}`
  pen.fillText(
    [chart.total ?? chart.unit, `last hour, ${chart.day}`, `time in ${chart.zone}`].filter(Boolean).join(' · '),
    margin,
    44 * SCALE,
  )
  pen.drawImage(picture, margin, HEAD_PX * SCALE)
  return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'))
}
