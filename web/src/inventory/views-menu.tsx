import { Popover, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { RemoveIcon, SavedIcon } from '../icons.tsx'
import { INVENTORY } from '../paths.ts'
import { useAccount } from '../people/account-context.ts'
import classes from './inventory.module.css'
import { readViews, searchOf, type View, viewsKey, withoutView, withView } from './prepare-views.ts'
import { words } from './words.ts'

/** Views that this person keeps in this browser. One that cannot be kept (private browsing) lasts until the page is left. */
function useViews(): [readonly View[], (views: readonly View[]) => void] {
  const { merchantId, id } = useAccount()
  const key = viewsKey(merchantId, id)
  const [views, setViews] = useState(() => readViews(stored(key)))
  const keep = (next: readonly View[]) => {
    setViews([...next])
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // There is no storage: they are in the page alone.
    }
  }
  return [views, keep]
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Filters, sorting and columns under a name. The address is the view: it can be sent to somebody else. */
export function ViewsMenu() {
  const [opened, setOpened] = useState(false)
  const [views, keep] = useViews()
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <button type="button" className={classes.secondary} onClick={() => setOpened(!opened)}>
          <SavedIcon size={16} />
          {words.views}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.views}>
        <div className={classes.views}>
          {views.length === 0 ? (
            <p>{words.noViews}</p>
          ) : (
            <ul>
              {views.map((view) => (
                <li key={view.name}>
                  <ViewLink view={view} onGo={() => setOpened(false)} />
                  <button
                    type="button"
                    className={classes.quiet}
                    aria-label={words.removeView(view.name)}
                    onClick={() => keep(withoutView(views, view.name))}
                  >
                    <RemoveIcon size={16} />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <SaveView onSave={(name) => keep(withView(views, name, location.search.slice(1)))} />
          <CopyAddress />
          <p className={classes.hint}>{words.viewsHint}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The view alone: nothing of the present one stays. */
function ViewLink({ view, onGo }: { readonly view: View; readonly onGo: () => void }) {
  const all = { to: INVENTORY, search: () => searchOf(view), onClick: onGo, activeProps: {} }
  return <Link {...(all as { to: string })}>{view.name}</Link>
}

function SaveView({ onSave }: { readonly onSave: (name: string) => void }) {
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const save = (event: FormEvent) => {
    event.preventDefault()
    const isMissing = name.trim() === ''
    setMissing(isMissing)
    if (isMissing) return
    onSave(name)
    setName('')
  }
  return (
    <form className={classes.saveView} onSubmit={save}>
      <TextInput
        label={words.viewName}
        value={name}
        maxLength={60}
        error={missing && words.viewMissing}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" className={classes.secondary}>
        {words.saveView}
      </button>
    </form>
  )
}

function CopyAddress() {
  const [said, setSaid] = useState('')
  const copy = () =>
    // Undefined where the origin is not a secure one.
    (navigator.clipboard?.writeText(location.href) ?? Promise.reject()).then(
      () => setSaid(words.copied),
      () => setSaid(words.notCopied),
    )
  return (
    <p>
      <button type="button" className={classes.quiet} onClick={copy}>
        {words.copyAddress}
      </button>{' '}
      <span role="status">{said}</span>
    </p>
  )
}
