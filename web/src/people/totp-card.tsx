import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { encode } from 'uqr'
import type { TotpAnswer } from '#core/api/people.ts'
import { CopyLine } from '../frame/copy-line.tsx'
import { DoneIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { useAccount } from './account-context.ts'
import { Dialog } from './dialog.tsx'
import { CodeField, digitsOf, FormEnd, PasswordField, WhosePassword } from './fields.tsx'
import classes from './people.module.css'
import { messageOf } from './prepare-refusal.ts'
import { accountQuery, beginTotp, confirmTotp, removeTotp } from './requests.ts'
import { useSentForm } from './use-sent-form.ts'
import { words } from './words.ts'

const said = words.totp

/** An authenticator app: a second proof at sign-in, for those who want one. */
export function TotpCard() {
  const client = useQueryClient()
  const { hasTotp } = useAccount()
  const [asking, setAsking] = useState(false)
  const begin = useMutation({ mutationFn: beginTotp })
  const lookAgain = () => client.invalidateQueries({ queryKey: accountQuery.queryKey })
  return (
    <Panel id="totp" title={said.title}>
      {hasTotp ? (
        <div className={classes.parts}>
          <p className={classes.on}>
            <DoneIcon /> {said.on}
          </p>
          <div className={classes.actions}>
            <button type="button" className={classes.secondary} onClick={() => setAsking(true)}>
              {said.turnOff}
            </button>
          </div>
        </div>
      ) : begin.data === undefined ? (
        <div className={classes.parts}>
          <p>{said.off}</p>
          {begin.error !== null && (
            <p className={classes.refusal} role="alert">
              {messageOf(begin.error)}
            </p>
          )}
          <div className={classes.actions}>
            <button
              type="button"
              className={classes.secondary}
              disabled={begin.isPending}
              onClick={() => begin.mutate()}
            >
              {said.setUp}
            </button>
          </div>
        </div>
      ) : (
        <Pairing
          totp={begin.data}
          onDone={async () => {
            await lookAgain()
            begin.reset()
          }}
          onCancel={begin.reset}
        />
      )}
      {asking && (
        <TurnOff
          onDone={async () => {
            await lookAgain()
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Panel>
  )
}

const OFF_LABELS = { currentPassword: words.thePresentPassword }
const OFF_ALIASES = { current: 'currentPassword' }

/** With the password, of those who have one: a session that was left open takes no second proof away. */
function TurnOff({ onDone, onClose }: { readonly onDone: () => unknown; readonly onClose: () => void }) {
  const { hasPassword, email } = useAccount()
  const form = useSentForm({
    from: { currentPassword: '' },
    labels: OFF_LABELS,
    aliases: OFF_ALIASES,
    required: hasPassword ? ['currentPassword'] : [],
    send: ({ currentPassword }) => removeTotp(hasPassword ? currentPassword : undefined),
    onDone,
    focusIfRefused: 'currentPassword',
  })
  return (
    <Dialog title={said.turnOffTitle} onClose={onClose}>
      <p>{said.turnOffWhy}</p>
      <form className={classes.form} method="post" noValidate ref={form.ref} onSubmit={form.onSubmit}>
        {hasPassword && (
          <>
            <WhosePassword email={email ?? ''} />
            <PasswordField
              form={form}
              name="currentPassword"
              label={words.presentPassword}
              autoComplete="current-password"
              autoFocus
            />
          </>
        )}
        <FormEnd form={form} does={said.turnOffDoes} grave>
          <button type="button" className={classes.secondary} onClick={onClose}>
            {words.leaveIt}
          </button>
        </FormEnd>
      </form>
    </Dialog>
  )
}

const LABELS = { code: words.theCode }

type PairingProps = { readonly totp: TotpAnswer; readonly onDone: () => unknown; readonly onCancel: () => void }

function Pairing({ totp: { secret, uri }, onDone, onCancel }: PairingProps) {
  const form = useSentForm({
    from: { code: '' },
    labels: LABELS,
    required: ['code'],
    send: ({ code }) => confirmTotp(digitsOf(code)),
    onDone,
    focusIfRefused: 'code',
  })
  return (
    <div className={classes.pairing}>
      <QrCode text={uri} label={said.picture} />
      <div className={classes.pairingWords}>
        <p>{said.scan}</p>
        <CopyLine lines={[secret]} />
        <form className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
          <CodeField form={form} name="code" label={words.code} hint={said.codeHint} autoFocus />
          <FormEnd form={form} does={said.turnOn}>
            <button type="button" className={classes.quiet} onClick={onCancel}>
              {said.notNow}
            </button>
          </FormEnd>
        </form>
      </div>
    </div>
  )
}

/** Dark on light in both themes: that is what cameras read. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const { data } = encode(text, { border: 4 })
    const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    return { size: data.length, path: squares.join('') }
  }, [text])
  return (
    <svg
      className={classes.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}
