import { z } from 'zod/mini'
import { PageBody } from '../frame/page-body.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { usePathParam } from '../frame/page-path.ts'
import { usePageState } from '../frame/page-state.ts'
import { TRANSACTIONS } from '../paths.ts'
import { useScope } from '../scope/use-scope.ts'
import { EventView } from './event-view.tsx'
import classes from './transactions.module.css'
import { words } from './words.ts'

/** Where and when it happened: not the scope's store, which is another question. */
const STATE = { place: z.optional(z.string()), at: z.optional(z.string()) }

/** One event on a page of its own, which can be sent to somebody. */
export function EventPage() {
  const id = usePathParam('id')
  const [{ place, at }] = usePageState(STATE)
  const { span } = useScope()
  return (
    <PageBody
      title={words.event.title}
      about={words.zone(span.timeZone)}
      beside={
        <PageLink className={classes.back} to={TRANSACTIONS}>
          {words.event.back}
        </PageLink>
      }
    >
      <EventView asked={{ id, store: place, at }} timeZone={span.timeZone} />
    </PageBody>
  )
}
