import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../panel/panel.tsx'
import { useAccount, useMay } from '../people/account-context.ts'
import { FormEnd, TextField } from '../people/fields.tsx'
import people from '../people/people.module.css'
import { accountQuery } from '../people/requests.ts'
import { useSentForm } from '../people/use-sent-form.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { nameMerchant } from './requests.ts'
import classes from './settings-page.module.css'
import { words } from './words.ts'

const LABELS = { name: words.theName }

export function MerchantPanel() {
  const { merchant, merchantId } = useAccount()
  return (
    <Panel id="merchant" title={words.merchant}>
      <div className={classes.parts}>
        {useMay('settings:change') ? (
          <NameForm />
        ) : (
          <dl className={classes.facts}>
            <div>
              <dt>{words.name}</dt>
              <dd>{merchant}</dd>
            </div>
          </dl>
        )}
        <dl className={classes.facts}>
          <div>
            <dt>{words.merchantId}</dt>
            <dd>
              {merchantId} <span className={classes.light}>{words.merchantIdHint}</span>
            </dd>
          </div>
        </dl>
      </div>
    </Panel>
  )
}

function NameForm() {
  const client = useQueryClient()
  const { merchant } = useAccount()
  const [before, setBefore] = useState(merchant)
  const [saved, setSaved] = useState(false)
  const beginWith = (name: string) => {
    setBefore(name)
    form.begin({ name })
  }
  const form = useSentForm({
    from: { name: before },
    labels: LABELS,
    required: ['name'],
    send: ({ name }) => nameMerchant(name, before),
    onDone: ({ name }) => {
      beginWith(name)
      setSaved(true)
      void client.invalidateQueries({ queryKey: accountQuery.queryKey })
    },
  })
  const present = presentName(form.error)
  return (
    <form className={people.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
      <TextField
        form={form}
        name="name"
        label={words.name}
        hint={words.merchantHint}
        autoComplete="organization"
        autoCapitalize="words"
      />
      {present !== undefined && (
        <div className={people.conflict} role="alert">
          <p>{words.nowNamed(present)}</p>
          <button type="button" className={people.secondary} onClick={() => beginWith(present)}>
            {words.useThat}
          </button>
        </div>
      )}
      <FormEnd form={form} among does={words.save}>
        <span role="status" className={people.said}>
          {saved && !form.isDirty ? words.named : ''}
        </span>
      </FormEnd>
    </form>
  )
}

function presentName(error: Error | null): string | undefined {
  const present = error instanceof RefusedError ? error.present : undefined
  return typeof present?.name === 'string' ? present.name : undefined
}
