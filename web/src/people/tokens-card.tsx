import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Right } from '#core/access/rights.ts'
import { CopyLine } from '../frame/copy-line.tsx'
import { AddIcon } from '../icons.tsx'
import { useNow } from '../reach/use-now.ts'
import { useAccount } from './account-context.ts'
import { Confirm } from './confirm.tsx'
import { Dialog } from './dialog.tsx'
import { ChoiceField, ChoiceLine, Choices, FormEnd, TextField } from './fields.tsx'
import { Loading, NotShown } from './loading.tsx'
import classes from './people.module.css'
import { expiryOf, prepareTokens, TOKEN_LIVES, type TokenRow, wordsOfRight } from './prepare-tokens.ts'
import { createToken, revokeToken, tokensQuery } from './requests.ts'
import { StoreChoice } from './store-choice.tsx'
import { useForm } from './use-form.ts'
import { OWN_ZONE, usePeopleNames, useStoreNames } from './use-names.ts'

const MINUTE_MS = 60_000

/** Tokens of scripts: one's own, and everybody's for those who manage people. */
export function TokensCard() {
  const client = useQueryClient()
  const { id: selfId } = useAccount()
  const { data, error, refetch } = useQuery(tokensQuery)
  const people = usePeopleNames()
  const storeNames = useStoreNames()
  const nowMs = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<TokenRow | null>(null)
  const rows = data && prepareTokens(data.items, { selfId, people, storeNames, nowMs, timeZone: OWN_ZONE })
  const lookAgain = () => client.invalidateQueries({ queryKey: tokensQuery.queryKey })
  return (
    <section className={classes.card} id="tokens" aria-labelledby="tokens-title">
      <header className={classes.cardHead}>
        <h2 id="tokens-title">Tokens for scripts</h2>
        <button type="button" className={classes.secondary} onClick={() => setMaking(true)}>
          <AddIcon /> New token
        </button>
      </header>
      {rows === undefined ? (
        error === null ? (
          <Loading rows={2} />
        ) : (
          <NotShown what="Tokens" error={error} again={() => void refetch()} />
        )
      ) : rows.length === 0 ? (
        <p className={classes.light}>
          None yet. A token lets a program ask the engine in your name, with as much of your rights as you give it.
        </p>
      ) : (
        <ul className={classes.lines}>
          {rows.map((row) => (
            <Token key={row.id} row={row} onRevoke={() => setRevoking(row)} />
          ))}
        </ul>
      )}
      {making && (
        <NewToken
          onMade={lookAgain}
          onClose={() => {
            setMaking(false)
          }}
        />
      )}
      {revoking !== null && (
        <Confirm
          title={`Revoke “${revoking.label}”?`}
          does="Revoke it"
          run={() => revokeToken(revoking.id)}
          onDone={async () => {
            await lookAgain()
            setRevoking(null)
          }}
          onClose={() => setRevoking(null)}
        >
          <p>The program that uses it is refused from its next request on. It cannot be brought back.</p>
        </Confirm>
      )}
    </section>
  )
}

function Token({ row, onRevoke }: { readonly row: TokenRow; readonly onRevoke: () => void }) {
  const { label, whose, scopes, stores, lastUsed, expires, isOver } = row
  return (
    <li className={classes.line}>
      <div className={classes.lineMain}>
        <p className={classes.lineName}>
          {label}
          {whose !== '' && <span className={classes.light}>of {whose}</span>}
          {isOver && <span className={classes.tag}>Expired</span>}
        </p>
        <p>
          {scopes.length === 0 ? 'May do all that its person may' : scopes.join('; ')}. {stores}.
        </p>
        <p className={classes.light}>
          {lastUsed}. {expires}.
        </p>
      </div>
      <button type="button" className={classes.secondary} aria-label={`Revoke ${label}`} onClick={onRevoke}>
        Revoke
      </button>
    </li>
  )
}

const LABELS = { label: 'The name', scopes: 'What it may do', stores: 'The stores', expiresAt: 'The end' }

function NewToken({ onMade, onClose }: { readonly onMade: () => unknown; readonly onClose: () => void }) {
  const { rights, stores: ownStores } = useAccount()
  const [scopes, setScopes] = useState<readonly Right[]>([])
  const [stores, setStores] = useState<readonly string[] | null>(null)
  const [made, setMade] = useState<string | null>(null)
  const form = useForm({
    labels: LABELS,
    required: ['label'],
    check: () => (scopes.length === 0 ? { scopes: 'Choose what it may do: one thing at least' } : {}),
    send: (field) => {
      const expiresAt = expiryOf(field('life'), Date.now())
      return createToken({
        label: field('label'),
        scopes: [...scopes],
        ...(stores !== null && { stores: [...stores] }),
        ...(expiresAt !== undefined && { expiresAt }),
      })
    },
    onDone: ({ token }) => {
      setMade(token)
      void onMade()
    },
    focusIfRefused: 'label',
  })
  if (made !== null) {
    return (
      <Dialog title="The token is made" onClose={onClose}>
        <p>Copy it now to where the program keeps its secrets: it is shown this once, and kept as a hash alone.</p>
        <CopyLine lines={[made]} />
        <p className={classes.light}>The program sends it with each request, as: authorization: Bearer …</p>
        <div className={classes.actions}>
          <button type="button" className={classes.secondary} onClick={onClose}>
            I have it
          </button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title="New token" onClose={onClose}>
      <form className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <TextField
          form={form}
          name="label"
          label="Name"
          hint="Which program it is for."
          autoComplete="off"
          data-autofocus
        />
        <Choices legend="It may" error={form.refusal.fields.scopes}>
          {rights.map((right, at) => (
            <ChoiceLine
              key={right}
              type="checkbox"
              name="scope"
              value={right}
              checked={scopes.includes(right)}
              invalid={at === 0 && form.refusal.fields.scopes !== undefined}
              onChange={(on) => setScopes(on ? [...scopes, right] : scopes.filter((each) => each !== right))}
            >
              {wordsOfRight(right)} <code className={classes.light}>{right}</code>
            </ChoiceLine>
          ))}
        </Choices>
        <StoreChoice
          legend="Of these stores"
          rule="either"
          among={ownStores}
          chosen={stores}
          onChange={setStores}
          error={form.refusal.fields.stores}
        />
        <ChoiceField form={form} name="life" label="It counts for" choices={TOKEN_LIVES} />
        <FormEnd form={form} does="Make the token">
          <button type="button" className={classes.quiet} onClick={onClose}>
            Cancel
          </button>
        </FormEnd>
      </form>
    </Dialog>
  )
}
