import { Suspense, useState } from 'react'
import { lazyPart } from '../lazy-part.tsx'
import type { SheetProps } from './drawn-sheet.tsx'

const DrawnSheet = lazyPart(async () => (await import('./drawn-sheet.tsx')).DrawnSheet)

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
