import { lazy, type ReactNode, Suspense, useState } from 'react'

const DrawnSheet = lazy(() => import('./drawn-sheet.tsx'))

export type SheetProps = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly closeLabel: string
  readonly children: ReactNode
}

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
