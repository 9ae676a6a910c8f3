import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CriticalIcon, DoneIcon, WaitingIcon } from '../icons.tsx'
import form from '../people/people.module.css'
import { messageOf } from '../people/prepare-refusal.ts'
import { useFresh } from '../reach/use-fresh.ts'
import classes from './integrations.module.css'
import { reasonIn } from './prepare-deliveries.ts'
import { type Answered, connectionsQuery, sendTest } from './requests.ts'
import { type Guide, words } from './words.ts'

/** A test through the connection's own door, and what the door answered. */
export function TestDelivery({ id }: { readonly id: string }) {
  const client = useQueryClient()
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => sendTest(id),
    onSettled: () => client.invalidateQueries({ queryKey: ['connections', id] }),
  })
  return (
    <div className={classes.test}>
      <p className={classes.light}>{words.testAbout}</p>
      <div className={form.actions}>
        <button type="button" className={form.secondary} disabled={isPending} onClick={() => mutate()}>
          {words.test}
        </button>
        <TestResult answered={data} error={error} />
      </div>
    </div>
  )
}

function TestResult({ answered, error }: { readonly answered: Answered | undefined; readonly error: Error | null }) {
  const isFine = error === null && answered !== undefined && answered.status < 300
  const text =
    error !== null
      ? messageOf(error)
      : answered === undefined
        ? ''
        : isFine
          ? words.testFine(answered.status)
          : words.testRefused(answered.status, reasonIn(answered.answer))
  return (
    <p role="status" className={classes.result} data-fine={isFine || undefined}>
      {text !== '' && (isFine ? <DoneIcon /> : <CriticalIcon />)}
      {text}
    </p>
  )
}

const OFTEN_MS = 1_000
const QUIET_MS = 3_000

/** Until the first real delivery was taken; it is seen here by itself. */
export function WaitForFirst({ id, guide }: { readonly id: string; readonly guide: Guide }) {
  const { data } = useFresh({ ...connectionsQuery, staleTime: QUIET_MS }, { everyMs: OFTEN_MS })
  const hasArrived = data?.items.find((each) => each.id === id)?.status === 'active'
  return (
    <p role="status" className={classes.wait} data-arrived={hasArrived || undefined}>
      {hasArrived ? <DoneIcon /> : <WaitingIcon />}
      <span>
        <span className={classes.strong}>{hasArrived ? words.arrived : words.waiting}</span>{' '}
        {!hasArrived && words.waitingFor(guide.firstOrder)}
      </span>
    </p>
  )
}
