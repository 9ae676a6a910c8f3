import { Drawer } from '@mantine/core'
import { PageLink } from '../frame/page-link.tsx'
import { transactionPath } from '../paths.ts'
import { EventView } from './event-view.tsx'
import type { EventAsked } from './requests.ts'
import classes from './transactions.module.css'
import { words } from './words.ts'

type Props = { readonly asked: EventAsked; readonly timeZone: string; readonly onClose: () => void }

/** One event beside the list that it was found in. */
export function EventDrawer({ asked, timeZone, onClose }: Props) {
  const { id, store, at } = asked
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={640}
      title={words.event.title}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.event.close }}
      classNames={{ content: classes.drawer!, header: classes.drawerHead!, title: classes.drawerTitle! }}
    >
      <p className={classes.openPage}>
        <PageLink
          to={transactionPath(id)}
          search={{ ...(store !== undefined && { place: store }), ...(at !== undefined && { at }) }}
        >
          {words.event.open}
        </PageLink>
      </p>
      <EventView asked={asked} timeZone={timeZone} />
    </Drawer>
  )
}
