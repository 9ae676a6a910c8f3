import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { SessionsAnswer } from '#core/api/people.ts'
import { formatMoment, formatTime } from '../format/format-time.ts'
import { useGoTo } from '../frame/page-path.ts'
import { HOME } from '../paths.ts'
import { useNow } from '../reach/use-now.ts'
import { Confirm } from './confirm.tsx'
import { describeBrowser } from './describe-browser.ts'
import { Loading, NotShown } from './loading.tsx'
import classes from './people.module.css'
import { messageOf } from './prepare-refusal.ts'
import { endAllSessions, endHere, endSession, sessionsQuery } from './requests.ts'
import { OWN_ZONE } from './use-names.ts'

/** Where one is signed in. */
export function SessionsCard() {
  const client = useQueryClient()
  const goTo = useGoTo()
  const { data, error, refetch } = useQuery(sessionsQuery)
  const [asking, setAsking] = useState(false)
  return (
    <section className={classes.card} aria-labelledby="sessions-title">
      <header className={classes.cardHead}>
        <h2 id="sessions-title">Where you are signed in</h2>
        <p className={classes.light}>times in {OWN_ZONE}</p>
        <button type="button" className={classes.secondary} onClick={() => setAsking(true)}>
          Sign out everywhere
        </button>
      </header>
      {data === undefined ? (
        error === null ? (
          <Loading rows={2} />
        ) : (
          <NotShown what="Sessions" error={error} again={() => void refetch()} />
        )
      ) : (
        <ul className={classes.lines}>
          {data.items.map((session) => (
            <Session key={session.id} session={session} />
          ))}
        </ul>
      )}
      {asking && (
        <Confirm
          title="Sign out everywhere?"
          does="Sign out everywhere"
          run={endAllSessions}
          onDone={() => {
            endHere(client)
            goTo(HOME)
          }}
          onClose={() => setAsking(false)}
        >
          <p>
            Every browser that is signed in as you is signed out at once, this one too. Tokens of scripts stay as they
            are.
          </p>
        </Confirm>
      )}
    </section>
  )
}

function Session({ session }: { readonly session: SessionsAnswer['items'][number] }) {
  const { id, label, createdAt, usedAt, expiresAt, current } = session
  const client = useQueryClient()
  const nowMs = useNow()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => endSession(id),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  })
  const browser = describeBrowser(label)
  return (
    <li className={classes.line}>
      <div className={classes.lineMain}>
        <p className={classes.lineName} title={label}>
          {browser}
          {current && <span className={classes.tag}>This browser</span>}
        </p>
        <p className={classes.light}>
          Last used {formatMoment(Date.parse(usedAt), nowMs, OWN_ZONE).slice(0, -3)}, signed in{' '}
          {formatTime(Date.parse(createdAt), OWN_ZONE, 'fullDate')}, ends by itself{' '}
          {formatTime(Date.parse(expiresAt), OWN_ZONE, 'fullDate')}
        </p>
        {error !== null && (
          <p className={classes.error} role="alert">
            Not ended: {messageOf(error)}
          </p>
        )}
      </div>
      {!current && (
        <button
          type="button"
          className={classes.secondary}
          disabled={isPending}
          aria-label={`End the session of ${browser}`}
          onClick={() => mutate()}
        >
          End
        </button>
      )}
    </li>
  )
}
