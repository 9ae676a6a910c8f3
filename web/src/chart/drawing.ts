/** What all drawings have in common: the canvas, its colours, its pace, its picture. Loaded apart: it brings ECharts. */
import { connect, type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef } from 'react'
import type { ChartColour } from './chart-spec.ts'

use([CanvasRenderer])

/** What the panel may ask of the picture. */
export type Drawing = { readonly toPng: (head: PngHead) => Promise<Blob | null> }
export type PngHead = { readonly title: string; readonly about: string }

const NAMES = [
  'ink',
  'ink-2',
  'ink-3',
  'line',
  'card',
  'hover',
  'raised',
  'accent',
  'bad',
  'gap',
  'amount',
  'below',
  'other',
] as const
export type Ink = Readonly<Record<(typeof NAMES)[number] | ChartColour, string>> & { readonly font: string }

/** The theme's colours, as they stand where the picture stands. */
export function inkOf(element: HTMLElement): Ink {
  const style = getComputedStyle(element)
  const names = [...NAMES, ...[1, 2, 3, 4, 5, 6, 7, 8].map((hue) => `series-${hue}`)]
  const inks = names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])
  return { ...Object.fromEntries(inks), font: style.fontFamily }
}

/** A stream repaints at most four times a second; the first change is painted at once. */
const PAINT_MS = 250

type Make = (ink: Ink, widthPx: number, isHovered: () => boolean) => Record<string, unknown>

/**
 * Draws into the box what `make` says, again when `make` is another one, the theme or the width changes. A hidden page, and
 * a box that is not on the screen, draws nothing, and the last of what it missed when it is seen again. Charts of one
 * `group` share their crosshair.
 */
export function useDrawing(
  box: RefObject<HTMLDivElement | null>,
  make: Make,
  scheme: string,
  group?: string,
): RefObject<ECharts | null> {
  const drawing = useRef<ECharts>(null)
  const latest = useRef(make)
  const hovered = useRef(false)
  const draw = useRef(() => {})
  const inked = useRef<Ink>(null)

  useEffect(() => {
    const element = box.current!
    const made = init(element, null, { renderer: 'canvas' })
    drawing.current = made
    let drawnAt = Number.NEGATIVE_INFINITY
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOnScreen = true
    let missed = false
    const paint = () => {
      timer = undefined
      missed = document.hidden || !isOnScreen
      if (missed) return
      drawnAt = performance.now()
      inked.current ??= inkOf(element)
      const option = latest.current(inked.current, element.clientWidth, () => hovered.current)
      made.setOption(option, { replaceMerge: ['series'] })
    }
    draw.current = () => {
      timer ??= setTimeout(paint, Math.max(0, drawnAt + PAINT_MS - performance.now()))
    }
    const observer = new ResizeObserver(() => {
      // It tells the first size, too, which is drawn already.
      if (element.clientWidth === made.getWidth() && element.clientHeight === made.getHeight()) return
      made.resize()
      paint()
    })
    const scrolled = new IntersectionObserver(([last]) => {
      isOnScreen = last!.isIntersecting
      if (isOnScreen && missed) paint()
    })
    const enter = () => {
      hovered.current = true
    }
    const leave = () => {
      hovered.current = false
    }
    observer.observe(element)
    scrolled.observe(element)
    element.addEventListener('pointerenter', enter)
    element.addEventListener('pointerleave', leave)
    document.addEventListener('visibilitychange', paint)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      scrolled.disconnect()
      element.removeEventListener('pointerenter', enter)
      element.removeEventListener('pointerleave', leave)
      document.removeEventListener('visibilitychange', paint)
      made.dispose()
      drawing.current = null
    }
  }, [box])

  useEffect(() => {
    latest.current = make
    draw.current()
  }, [make])

  useEffect(() => {
    // The same colours by name have other values in the other theme.
    if (scheme) inked.current = null
    draw.current()
  }, [scheme])

  useEffect(() => {
    if (drawing.current === null || group === undefined) return
    drawing.current.group = group
    connect(group)
  }, [group])
  return drawing
}

export function usePng(ref: Ref<Drawing>, drawing: RefObject<ECharts | null>, box: RefObject<HTMLDivElement | null>) {
  useImperativeHandle(ref, () => ({ toPng: (head) => pngOf(drawing.current!, head, inkOf(box.current!)) }), [
    drawing,
    box,
  ])
}

export const textStyle = (ink: Ink) => ({ color: ink['ink-3'], fontSize: 12, fontFamily: ink.font })

export const tooltipStyle = (ink: Ink) => ({
  confine: true,
  transitionDuration: 0,
  backgroundColor: ink.raised,
  borderColor: ink.line,
  padding: [8, 12],
  textStyle: { ...textStyle(ink), color: ink.ink, fontSize: 13 },
})

/** What is not over looks unfinished: slanted lines on the ground of the card. */
export function hatch(colour: string, ground: string) {
  const image = document.createElement('canvas')
  image.width = image.height = 6
  const pen = image.getContext('2d')!
  pen.fillStyle = ground
  pen.fillRect(0, 0, 6, 6)
  pen.strokeStyle = colour
  pen.lineWidth = 1.75
  for (const shift of [-6, 0, 6]) {
    pen.beginPath()
    pen.moveTo(shift - 1, 7)
    pen.lineTo(shift + 7, -1)
    pen.stroke()
  }
  return { image, repeat: 'repeat' as const }
}

const SCALE = 2
const HEAD_PX = 56

/** The picture with its title, unit and zone, so that it says what it is wherever it is sent. */
export async function pngOf(drawing: ECharts, { title, about }: PngHead, ink: Ink): Promise<Blob | null> {
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
  pen.fillText(title, margin, 26 * SCALE)
  pen.fillStyle = ink['ink-2']
  pen.font = `${12 * SCALE}px ${ink.font}`
  pen.fillText(about, margin, 44 * SCALE)
  pen.drawImage(picture, margin, HEAD_PX * SCALE)
  return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'))
}
