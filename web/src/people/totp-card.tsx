import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { encode } from 'uqr'
import type { TotpAnswer } from '#core/api/people.ts'
import { CopyLine } from '../frame/copy-line.tsx'
import { DoneIcon } from '../icons.tsx'
import { useAccount } from './account-context.ts'
import { Confirm } from './confirm.tsx'
import { CodeField, digitsOf, FormEnd } from './fields.tsx'
import classes from './people.module.css'
import { messageOf } from './prepare-refusal.ts'
import { accountQuery, beginTotp, confirmTotp, removeTotp } from './requests.ts'
import { useForm } from './use-form.ts'

/** An authenticator app: a second proof at sign-in, for those who want one. */
export function TotpCard() {
  const client = useQueryClient()
  const { hasTotp } = useAccount()
  const [asking, setAsking] = useState(false)
  const begin = useMutation({ mutationFn: beginTotp })
  const lookAgain = () => client.invalidateQueries({ queryKey: accountQuery.queryKey })
  return (
    <section className={classes.card} aria-labelledby="totp-title">
      <h2 id="totp-title">Authenticator app</h2>
      {hasTotp ? (
        <>
          <p className={classes.on}>
            <DoneIcon /> On: signing in with the password asks for the app’s code too.
          </p>
          <div className={classes.actions}>
            <button type="button" className={classes.secondary} onClick={() => setAsking(true)}>
              Turn off
            </button>
          </div>
        </>
      ) : begin.data === undefined ? (
        <>
          <p>Off. With it, a stolen password alone lets nobody in: signing in asks for six digits of your phone too.</p>
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
              Set up
            </button>
          </div>
        </>
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
        <Confirm
          title="Turn the authenticator app off?"
          does="Turn it off"
          run={removeTotp}
          onDone={async () => {
            await lookAgain()
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        >
          <p>From then on the password alone lets you in. The entry in the app is of no more use.</p>
        </Confirm>
      )}
    </section>
  )
}

const LABELS = { code: 'The code' }

type PairingProps = { readonly totp: TotpAnswer; readonly onDone: () => unknown; readonly onCancel: () => void }

function Pairing({ totp: { secret, uri }, onDone, onCancel }: PairingProps) {
  const form = useForm({
    labels: LABELS,
    required: ['code'],
    send: (field) => confirmTotp(digitsOf(field('code'))),
    onDone,
    focusIfRefused: 'code',
  })
  return (
    <div className={classes.pairing}>
      <QrCode text={uri} label="The app’s entry for Counterflow, as a picture to scan" />
      <div className={classes.pairingWords}>
        <p>Scan the picture with the app, or write this key into it:</p>
        <CopyLine lines={[secret]} />
        <form className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
          <CodeField form={form} name="code" label="Code" hint="The six digits that the app shows now." autoFocus />
          <FormEnd form={form} does="Turn on">
            <button type="button" className={classes.quiet} onClick={onCancel}>
              Not now
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
