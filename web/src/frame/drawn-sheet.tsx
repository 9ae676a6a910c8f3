import { Drawer } from '@mantine/core'
import classes from './frame.module.css'
import type { SheetProps } from './sheet.tsx'

/** Loaded when a sheet is first opened. */
export default function DrawnSheet({ opened, onClose, title, closeLabel, children }: SheetProps) {
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
