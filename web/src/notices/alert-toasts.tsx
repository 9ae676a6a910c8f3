import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { formatTime } from '../format/format-time.ts'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo } from '../frame/page-path.ts'
import { CloseIcon, CriticalIcon } from '../icons.tsx'
import { ALERTS, itemPath } from '../paths.ts'
import { useMay } from '../people/account-context.ts'
import { listenWhileHidden } from '../reach/listen-hidden.ts'
import { alertsQuery, metricsQuery } from '../reach/queries.ts'
import classes from './bell.module.css'
import { sayInBrowser, useBrowserNotices } from './browser-notices.ts'
import { isQuiet, knownIn, newsIn, stacked, type Toast, toastsOf } from './new-alerts.ts'
import { choicesQuery } from './requests.ts'
import { words } from './words.ts'

const SHOWN_MS = 12_000

/**
 * Critical alerts that have just opened, in a place of the bar that is kept free for them (under it on a phone, where the
 * page makes room): nothing is ever behind them. Escape and the cross close them; the bell keeps them.
 */
export function AlertToasts() {
  const { data } = useQuery(alertsQuery)
  const known = useRef<ReadonlySet<string> | null>(null)
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const [held, setHeld] = useState(false)
  const say = useSaying()
  const latestSay = useRef(say)
  latestSay.current = say
  useEffect(() => {
    if (data === undefined) return
    const before = known.current
    known.current = knownIn(data)
    const fresh = before === null ? [] : toastsOf(newsIn(before, data))
    if (fresh.length === 0) return
    setToasts((shown) => stacked(shown, fresh))
    for (const toast of fresh) latestSay.current(toast)
  }, [data])
  const [first] = toasts
  const dismiss = () => setToasts((shown) => shown.slice(1))
  useEffect(() => {
    if (first === undefined || held) return undefined
    const timer = setTimeout(() => setToasts((shown) => shown.filter(({ id }) => id !== first.id)), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [first, held])
  useEffect(() => {
    if (first === undefined) return undefined
    const onKey = (event: KeyboardEvent) => {
      // What is open above the page is closed before.
      const isTaken = document.querySelector('[aria-modal="true"], [role="dialog"]') !== null
      if (event.key === 'Escape' && !isTaken) setToasts([])
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [first])
  return (
    <div className={classes.toasts} data-shown={first !== undefined || undefined}>
      <div role="status" className={classes.live}>
        {first !== undefined && (
          // biome-ignore lint/a11y/noStaticElementInteractions: it stays while somebody reads it
          <div
            key={first.id}
            className={classes.toast}
            onMouseEnter={() => setHeld(true)}
            onMouseLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            <CriticalIcon />
            <PageLink
              to={first.productId === null ? ALERTS : itemPath(first.productId)}
              className={classes.toastText}
              title={first.text}
              onClick={dismiss}
            >
              <strong>{first.title}</strong> <span>{first.text}</span>
            </PageLink>
            {toasts.length > 1 && <span className={classes.others}>{words.moreToasts(toasts.length - 1)}</span>}
            <button type="button" className={classes.close} aria-label={words.dismiss} onClick={dismiss}>
              <CloseIcon />
            </button>
          </div>
        )}
      </div>
    </div>
  )
}

/** Says a message by the browser, for those who asked for that, while nobody looks at the page. */
function useSaying(): (toast: Toast) => void {
  const client = useQueryClient()
  const goTo = useGoTo()
  const isOn = useBrowserNotices() === 'on'
  const mayChoose = useMay('account:manage')
  useQuery({ ...choicesQuery, enabled: isOn && mayChoose, staleTime: 60_000 })
  useEffect(() => {
    listenWhileHidden(isOn)
    return () => listenWhileHidden(false)
  }, [isOn])
  return ({ id, title, text, productId }) => {
    if (!isOn || document.visibilityState === 'visible') return
    const choices = client.getQueryData(choicesQuery.queryKey)?.choices
    const zone = choices?.timeZone ?? client.getQueryData(metricsQuery.queryKey)?.window.timeZone ?? 'UTC'
    if (isQuiet(formatTime(Date.now(), zone, 'clock'), choices?.quietHours ?? null)) return
    sayInBrowser(title, text, id, () => goTo(productId === null ? ALERTS : itemPath(productId)))
  }
}
