/** A ranked list as a picture, for a file alone: on the page it is text and links. */
import { BarChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import type { RankedSpec } from './chart-spec.ts'
import { inkOf, type PngHead, pngOf, textStyle } from './drawing.ts'
import { drawnValue, tellValue } from './tell-value.ts'

use([BarChart, GridComponent])

const WIDTH_PX = 720
const ROW_PX = 28

/** `near`: an element whose theme is taken. */
export async function rankedPng({ rows, unit }: RankedSpec, head: PngHead, near: HTMLElement): Promise<Blob | null> {
  const ink = inkOf(near)
  const text = { ...textStyle(ink), color: ink.ink }
  const drawing = init(null, null, {
    renderer: 'canvas',
    ssr: false,
    width: WIDTH_PX,
    height: rows.length * ROW_PX + 16,
  })
  drawing.setOption({
    animation: false,
    grid: { left: 4, right: 120, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...text, width: 240, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 14,
        data: rows.map(({ value, colour }) => ({
          value: value === null ? '-' : drawnValue(value, unit),
          itemStyle: { color: ink[colour] },
          label: { ...text, show: true, position: 'right', formatter: value === null ? '' : tellValue(value, unit) },
        })),
      },
    ],
  })
  const image = await pngOf(drawing, head, ink)
  drawing.dispose()
  return image
}
