import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SessionsAnswer } from '#core/api/people.ts'
import { formatMoment, formatTime } from '../format/format-time.ts'
import { useGoTo } from '../frame/page-path.ts'
import { useDialog } from '../frame/page-state.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { HOME } from '../paths.ts'
import { useNow } from '../reach/use-now.ts'
import { Confirm } from './confirm.tsx'
import { describeBrowser } from './describe-browser.ts'
import classes from './people.module.css'
import { messageOf } from './prepare-refusal.ts'
import { endAllSessions, endHere, endSession, sessionsQuery } from './requests.ts'
import { OWN_ZONE } from './use-names.ts'
import { words } from './words.ts'

const said = words.sessions

/** Where one is signed in. */
export function SessionsCard() {
  const client = useQueryClient()
  const goTo = useGoTo()
  const sessions = useQuery(sessionsQuery)
  const [isAsking, ask, close] = useDialog('sign-out')
  return (
    <Panel
      id="sessions"
      title={said.title}
      about={words.timesIn(OWN_ZONE)}
      state={panelStateOf(sessions)}
      actions={
        <button type="button" className={classes.secondary} onClick={ask}>
          {said.everywhere}
        </button>
      }
    >
      <ul className={classes.lines}>
        {sessions.data?.items.map((session) => (
          <Session key={session.id} session={session} />
        ))}
      </ul>
      {isAsking && (
        <Confirm
          title={said.everywhereTitle}
          does={said.everywhere}
          run={endAllSessions}
          onDone={() => {
            endHere(client)
            goTo(HOME)
          }}
          onClose={close}
        >
          <p>{said.everywhereWhy}</p>
        </Confirm>
      )}
    </Panel>
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
          {current && <span className={classes.tag}>{said.here}</span>}
        </p>
        <p className={classes.light}>
          {said.facts(
            formatMoment(Date.parse(usedAt), nowMs, OWN_ZONE).slice(0, -3),
            formatTime(Date.parse(createdAt), OWN_ZONE, 'fullDate'),
            formatTime(Date.parse(expiresAt), OWN_ZONE, 'fullDate'),
          )}
        </p>
        {error !== null && (
          <p className={classes.error} role="alert">
            {said.notEnded(messageOf(error))}
          </p>
        )}
      </div>
      {!current && (
        <button
          type="button"
          className={classes.secondary}
          disabled={isPending}
          aria-label={said.endOf(browser)}
          onClick={() => mutate()}
        >
          {said.end}
        </button>
      )}
    </li>
  )
}
