import { type RefObject, useEffect, useRef } from 'react'

const TINT_MS = 600
/** In steps: six repaints in place of thirty-six, for each figure and row of a stream. */
const FADE = 'steps(6)'

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

export function tint(element: HTMLElement): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const from = getComputedStyle(element).getPropertyValue('--tint')
  element.animate([{ backgroundColor: from }, { backgroundColor: 'transparent' }], {
    duration: TINT_MS,
    easing: FADE,
  })
}
