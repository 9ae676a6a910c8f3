import { type PointerEvent, useRef, useState } from 'react'

/** As far as this it counts. */
const FAR_PX = 96
/** Before this nobody can tell it from scrolling. */
const SURE_PX = 12

/** A row that a finger moves aside, and what happens when it has gone far enough. */
export function useSwipe(enabled: boolean, onSwiped: () => void) {
  const from = useRef<{ readonly x: number; readonly y: number; readonly id: number } | null>(null)
  const [movedPx, setMovedPx] = useState(0)
  const stop = () => {
    from.current = null
    setMovedPx(0)
  }
  return {
    movedPx,
    isFar: Math.abs(movedPx) >= FAR_PX,
    handlers: enabled
      ? {
          onPointerDown: (event: PointerEvent) => {
            if (event.pointerType === 'touch')
              from.current = { x: event.clientX, y: event.clientY, id: event.pointerId }
          },
          onPointerMove: (event: PointerEvent<HTMLElement>) => {
            const begun = from.current
            if (begun === null || begun.id !== event.pointerId) return
            const across = event.clientX - begun.x
            if (movedPx === 0 && Math.abs(across) < SURE_PX) return
            if (movedPx === 0 && Math.abs(event.clientY - begun.y) > Math.abs(across)) return stop()
            event.currentTarget.setPointerCapture(event.pointerId)
            setMovedPx(across)
          },
          onPointerUp: () => {
            if (Math.abs(movedPx) >= FAR_PX) onSwiped()
            stop()
          },
          onPointerCancel: stop,
        }
      : {},
  }
}
