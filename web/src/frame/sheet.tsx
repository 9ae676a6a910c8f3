import { lazy, Suspense, useState } from 'react'
import type { SheetProps } from './drawn-sheet.tsx'

const DrawnSheet = lazy(() => import('./drawn-sheet.tsx'))

/** What comes up from the lower edge of a phone. */
export function Sheet(props: SheetProps) {
  const [wasOpened, setWasOpened] = useState(props.opened)
  if (props.opened && !wasOpened) setWasOpened(true)
  if (!wasOpened) return null
  return (
    <Suspense>
      <DrawnSheet {...props} />
    </Suspense>
  )
}
