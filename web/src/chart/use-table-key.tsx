import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react'
import { useShortcut } from '../frame/shortcuts.tsx'
import { words } from './words.ts'

type Chart = { readonly element: () => HTMLElement | null; readonly turn: () => void }

let charts: readonly Chart[] = []
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
function setCharts(next: readonly Chart[]) {
  charts = next
  for (const listener of listeners) listener()
}

/** `t` turns the chart that has the focus, or that is pointed at, or else the first that is in view. */
export function useTableKey(element: RefObject<HTMLElement | null>, turn: () => void): boolean {
  const latest = useRef(turn)
  useEffect(() => {
    latest.current = turn
  })
  const own = useRef<Chart>(null)
  own.current ??= { element: () => element.current, turn: () => latest.current() }
  useEffect(() => {
    const chart = own.current!
    setCharts([...charts, chart])
    return () => setCharts(charts.filter((other) => other !== chart))
  }, [])
  // One of them listens for all.
  return useSyncExternalStore(subscribe, () => charts[0] === own.current)
}

/** Mounted by the chart that listens. */
export function TableKey() {
  useShortcut('t', words.tableKey, turnNearest)
  return null
}

function turnNearest() {
  const has = (selector: string) => charts.find((chart) => chart.element()?.matches(selector))
  ;(has(':focus-within') ?? has(':hover') ?? charts.find(isInView) ?? charts[0])?.turn()
}

function isInView({ element }: Chart): boolean {
  const box = element()?.getBoundingClientRect()
  return box !== undefined && box.bottom > 0 && box.top < window.innerHeight
}
