import { type RefObject, useEffect, useRef } from 'react'

const TINT_MS = 600

/** An element whose ground is tinted for a moment when `value` changes; nothing moves. Not where motion is unwanted. */
export function useTint<E extends HTMLElement>(value: string): RefObject<E | null> {
  const element = useRef<E>(null)
  const shown = useRef(value)
  useEffect(() => {
    if (shown.current === value) return
    shown.current = value
    if (element.current !== null) tint(element.current)
  }, [value])
  return element
}

/** Tinted elements, longest first, and since when. */
const tinted = new Map<HTMLElement, number>()
let timer: ReturnType<typeof setTimeout> | undefined

/** On and off, how is in `theme.css`: a ground that fades is painted sixty times a second for each figure of a stream. */
export function tint(element: HTMLElement): void {
  tinted.delete(element)
  tinted.set(element, performance.now())
  element.dataset.tinted = ''
  if (timer === undefined) timer = setTimeout(clear, TINT_MS)
}

function clear(): void {
  timer = undefined
  const now = performance.now()
  for (const [element, since] of tinted) {
    const restMs = since + TINT_MS - now
    if (restMs > 0) {
      timer = setTimeout(clear, restMs)
      return
    }
    tinted.delete(element)
    delete element.dataset.tinted
  }
}
