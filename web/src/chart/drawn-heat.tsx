/** Draws rows by columns in one hue. */
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts'
import { CustomChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { type Ref, useCallback, useRef } from 'react'
import classes from './chart.module.css'
import type { HeatSpec } from './chart-spec.ts'
import { type Drawing, type Ink, textStyle, tooltipStyle, useDrawing, usePng } from './drawing.ts'
import { strengthsOf } from './heat-steps.ts'
import { hintBox } from './hint.ts'
import { tellValue } from './tell-value.ts'
import { words } from './words.ts'

use([CustomChart, GridComponent, TooltipComponent])

type Props = { readonly spec: HeatSpec; readonly scheme: 'light' | 'dark'; readonly ref: Ref<Drawing> }

export function DrawnHeat({ spec, scheme, ref }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const make = useCallback((ink: Ink, widthPx: number) => optionOf(spec, ink, widthPx), [spec])
  const drawing = useDrawing(box, make, scheme)
  usePng(ref, drawing, box)
  return <div ref={box} className={classes.canvas} />
}

/** Nothing is seen as a cell too. */
const LEAST = 0.06
const NAME_PX = 44

function optionOf(spec: HeatSpec, ink: Ink, widthPx: number) {
  const { rows, columns, values, unit } = spec
  const strengths = strengthsOf(spec)
  const text = textStyle(ink)
  const every = Math.max(1, Math.ceil((NAME_PX * columns.length) / Math.max(1, widthPx - 80)))
  const axis = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } }
  const cells = rows.flatMap((_, at) => columns.map((_, index) => [index, at]))
  return {
    animation: false,
    textStyle: text,
    grid: { left: 4, right: 4, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: columns,
      ...axis,
      axisLabel: { ...text, interval: (index: number) => index % every === 0 },
    },
    yAxis: { type: 'category', data: rows, inverse: true, ...axis, axisLabel: { ...text, interval: 0 } },
    tooltip: {
      ...tooltipStyle(ink),
      trigger: 'item',
      formatter: ({ value: [index, at] }: { value: [number, number] }) => {
        const value = values[at]?.[index] ?? null
        return hintBox([
          { as: 'head', text: `${rows[at]}, ${columns[index]}` },
          { as: 'figure', text: value === null ? words.noData : tellValue(value, unit) },
        ])
      },
    },
    series: [
      {
        id: 'cells',
        type: 'custom',
        data: cells,
        encode: { x: 0, y: 1 },
        renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
          const [index, at] = [Number(api.value(0)), Number(api.value(1))]
          const [x, y] = api.coord([index, at]) as [number, number]
          const [width, height] = api.size!([1, 1]) as [number, number]
          const strength = strengths[at]?.[index] ?? null
          return {
            type: 'rect',
            shape: { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2, r: 2 },
            style:
              strength === null
                ? { fill: 'transparent', stroke: ink.line, lineWidth: 1, lineDash: [2, 2] }
                : { fill: ink.amount, opacity: LEAST + (1 - LEAST) * strength },
          }
        },
      },
    ],
  }
}
