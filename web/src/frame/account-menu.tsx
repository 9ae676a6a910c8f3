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
import { words } from './words.ts'

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
          aria-label={words.yourAccount(name)}
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
          {words.account}
        </PageLink>
        <button type="button" className={classes.accountItem} disabled={isPending} onClick={() => mutate()}>
          <SignOutIcon />
          {words.signOut}
        </button>
        {error !== null && (
          <p className={classes.whoAmI} role="alert">
            {words.stillIn(error.message)}
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
