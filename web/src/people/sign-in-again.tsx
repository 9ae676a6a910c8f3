import { Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useAccount } from './account-context.ts'
import classes from './people.module.css'
import { endHere, goOn } from './requests.ts'
import { SignInForm } from './sign-in-form.tsx'
import { useLookAgain } from './use-look-again.ts'
import { words } from './words.ts'

const said = words.signIn

/** Over the page, whose session is over: it stays below, unreadable, with whatever was being written on it. */
export function SignInAgain() {
  const account = useAccount()
  const client = useQueryClient()
  useLookAgain()
  return (
    <Modal.Root
      opened
      onClose={() => {}}
      closeOnEscape={false}
      closeOnClickOutside={false}
      centered
      size={440}
      zIndex={1000}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.dialog!, body: classes.dialogBody! }}
    >
      <Modal.Overlay color="#0b1118" backgroundOpacity={0.6} blur={8} />
      <Modal.Content>
        <Modal.Body>
          <div className={classes.dialogHead}>
            <Modal.Title component="h2">{said.againTitle}</Modal.Title>
            <button type="button" className={classes.quiet} onClick={() => endHere(client)}>
              {said.leave}
            </button>
          </div>
          <p>{said.againWhy}</p>
          <SignInForm email={account.email ?? ''} onIn={() => goOn(client, account.id)} />
          {!account.hasPassword && <p className={classes.light}>{said.againByLink}</p>}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
