import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './people.module.css'
import { words } from './words.ts'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A question above the page. It is there while it is rendered; Escape and the cross close it. */
export function Dialog({ title, onClose, children }: Props) {
  return (
    <Modal.Root
      opened
      onClose={onClose}
      centered
      size={520}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.dialog!, body: classes.dialogBody! }}
    >
      <Modal.Overlay color="#0b1118" backgroundOpacity={0.55} />
      <Modal.Content>
        <Modal.Body>
          <div className={classes.dialogHead}>
            <Modal.Title component="h2">{title}</Modal.Title>
            <button type="button" className={classes.quiet} onClick={onClose}>
              {words.close}
            </button>
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
