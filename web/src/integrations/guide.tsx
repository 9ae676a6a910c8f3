import { type ReactNode, useId, useState } from 'react'
import { CopyLine } from '../frame/copy-line.tsx'
import { WarningIcon } from '../icons.tsx'
import form from '../people/people.module.css'
import classes from './integrations.module.css'
import { isLocal } from './prepare-connections.ts'
import { type Guide as GuideWords, words } from './words.ts'

/** What to paste where at a source. */
export function Guide({ guide, path }: { readonly guide: GuideWords; readonly path: string }) {
  const address = location.origin + path
  return (
    <div className={classes.guide}>
      <ol className={classes.steps}>
        {guide.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h3>{words.address}</h3>
      <CopyLine lines={[address]} />
      {isLocal(address) && (
        <p className={classes.local}>
          <WarningIcon size={14} /> {words.local}
        </p>
      )}
      {guide.topics.length > 0 && (
        <>
          <h3>{words.topics}</h3>
          <ul className={classes.topics}>
            {guide.topics.map((topic) => (
              <li key={topic}>
                <code>{topic}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

type SecretProps = {
  /** null: it is the person's own, and is not shown. */
  readonly secret: string | null
  readonly onKept: () => void
  readonly children?: ReactNode
}

/** A new secret, this once: it goes on when somebody says that they have kept it. */
export function SecretOnce({ secret, onKept, children }: SecretProps) {
  const [isKept, setIsKept] = useState(secret === null)
  const id = useId()
  return (
    <>
      {children}
      <h3>{words.secret}</h3>
      {secret === null ? (
        <p className={classes.light}>{words.keepGiven}</p>
      ) : (
        <>
          <CopyLine lines={[secret]} />
          <p className={classes.light}>{words.keepOnce}</p>
          <label className={form.choice} htmlFor={id}>
            <input
              id={id}
              type="checkbox"
              checked={isKept}
              onChange={(event) => setIsKept(event.currentTarget.checked)}
            />
            <span>{words.kept}</span>
          </label>
        </>
      )}
      <div className={form.actions}>
        <button type="button" className={form.primary} disabled={!isKept} onClick={onKept}>
          {words.next}
        </button>
      </div>
    </>
  )
}
