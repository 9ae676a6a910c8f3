import { Menu } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { PersonIcon, SignOutIcon } from '../icons.tsx'
import { ACCOUNT, HOME } from '../paths.ts'
import { useAccount } from '../people/account-context.ts'
import { endHere, signOut } from '../people/requests.ts'
import { wordsOfRole } from '../people/role-words.ts'
import classes from './frame.module.css'

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { name, role, merchant, email } = useAccount()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const leave = () => {
    endHere(client)
    navigate(HOME)
  }
  const { mutate, isPending, error } = useMutation({ mutationFn: signOut, onSuccess: leave })
  return (
    <Menu position="bottom-end" width={240} transitionProps={{ duration: 0 }} classNames={{ dropdown: classes.menu! }}>
      <Menu.Target>
        <button type="button" className={classes.barButton} aria-label={`Your account: ${name}`}>
          <PersonIcon size={18} />
          <span className={classes.person}>{name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {/* No paragraphs: a menu holds items and words. */}
        <div className={classes.whoAmI}>
          <div className={classes.whoName}>{name}</div>
          {email !== null && <div>{email}</div>}
          <div>
            {wordsOfRole(role).name}, {merchant}
          </div>
        </div>
        <Menu.Item component={Link} href={ACCOUNT} leftSection={<PersonIcon />}>
          Account
        </Menu.Item>
        <Menu.Item leftSection={<SignOutIcon />} closeMenuOnClick={false} disabled={isPending} onClick={() => mutate()}>
          {error === null ? 'Sign out' : `You are still signed in. ${error.message}: try again`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
