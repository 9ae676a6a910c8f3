import { Popover } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { PersonIcon, SignOutIcon } from '../icons.tsx'
import { ACCOUNT, HOME } from '../paths.ts'
import { useAccount } from '../people/account-context.ts'
import { endHere, signOut } from '../people/requests.ts'
import { wordsOfRole } from '../people/role-words.ts'
import classes from './frame.module.css'
import { PageLink } from './page-link.tsx'
import { useGoTo } from './page-path.ts'

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { name, role, merchant, email } = useAccount()
  const client = useQueryClient()
  const goTo = useGoTo()
  const [opened, setOpened] = useState(false)
  const leave = () => {
    endHere(client)
    goTo(HOME)
  }
  const { mutate, isPending, error } = useMutation({ mutationFn: signOut, onSuccess: leave })
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={240}
      position="bottom-end"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: classes.popover! }}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.barButton}
          aria-label={`Your account: ${name}`}
          onClick={() => setOpened(!opened)}
        >
          <PersonIcon size={18} />
          <span className={classes.person}>{name}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.whoAmI}>
          <p className={classes.whoName}>{name}</p>
          {email !== null && <p>{email}</p>}
          <p>
            {wordsOfRole(role).name}, {merchant}
          </p>
        </div>
        <PageLink to={ACCOUNT} className={classes.accountItem} onClick={() => setOpened(false)}>
          <PersonIcon />
          Account
        </PageLink>
        <button type="button" className={classes.accountItem} disabled={isPending} onClick={() => mutate()}>
          <SignOutIcon />
          Sign out
        </button>
        {error !== null && (
          <p className={classes.whoAmI} role="alert">
            You are still signed in: {error.message}. Try again.
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
