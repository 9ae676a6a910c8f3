import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './frame.module.css'

export type SheetProps = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly closeLabel: string
  readonly children: ReactNode
}

/** Loaded when a sheet is first opened. */
export function DrawnSheet({ opened, onClose, title, closeLabel, children }: SheetProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="bottom"
      size="auto"
      title={title}
      transitionProps={{ duration: 120 }}
      classNames={{ content: classes.sheet!, header: classes.sheetHead! }}
      closeButtonProps={{ 'aria-label': closeLabel }}
    >
      {children}
    </Drawer>
  )
}
