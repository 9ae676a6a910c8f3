import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Right } from '#core/access/rights.ts'
import { CopyLine } from '../frame/copy-line.tsx'
import { useDialog } from '../frame/page-state.ts'
import { AddIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useNow } from '../reach/use-now.ts'
import { useAccount } from './account-context.ts'
import { Confirm } from './confirm.tsx'
import { Dialog } from './dialog.tsx'
import { ChoiceField, ChoiceLine, Choices, FormEnd, TextField } from './fields.tsx'
import classes from './people.module.css'
import { expiryOf, prepareTokens, TOKEN_LIVES, type TokenRow, wordsOfRight } from './prepare-tokens.ts'
import { createToken, revokeToken, tokensQuery } from './requests.ts'
import { StoreChoice } from './store-choice.tsx'
import { OWN_ZONE, usePeopleNames, useStoreNames } from './use-names.ts'
import { useSentForm } from './use-sent-form.ts'
import { words } from './words.ts'

const said = words.tokens

const MINUTE_MS = 60_000

/** Tokens of scripts: one's own, and everybody's for those who manage people. */
export function TokensCard() {
  const client = useQueryClient()
  const { id: selfId } = useAccount()
  const tokens = useQuery(tokensQuery)
  const people = usePeopleNames()
  const storeNames = useStoreNames()
  const nowMs = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS
  const [isMaking, make, closeMaking] = useDialog('token')
  const [revoking, setRevoking] = useState<TokenRow | null>(null)
  const rows = prepareTokens(tokens.data?.items ?? [], { selfId, people, storeNames, nowMs, timeZone: OWN_ZONE })
  const lookAgain = () => client.invalidateQueries({ queryKey: tokensQuery.queryKey })
  return (
    <Panel
      id="tokens"
      title={said.title}
      state={panelStateOf(tokens)}
      actions={
        <button type="button" className={classes.secondary} onClick={make}>
          <AddIcon /> {said.make}
        </button>
      }
    >
      {rows.length === 0 ? (
        <p className={classes.light}>
          {said.none}. {said.noneWhy}
        </p>
      ) : (
        <ul className={classes.lines}>
          {rows.map((row) => (
            <Token key={row.id} row={row} onRevoke={() => setRevoking(row)} />
          ))}
        </ul>
      )}
      {isMaking && <NewToken onMade={lookAgain} onClose={closeMaking} />}
      {revoking !== null && (
        <Confirm
          title={said.revokeTitle(revoking.label)}
          does={said.revokeDoes}
          run={() => revokeToken(revoking.id)}
          onDone={async () => {
            await lookAgain()
            setRevoking(null)
          }}
          onClose={() => setRevoking(null)}
        >
          <p>{said.revokeWhy}</p>
        </Confirm>
      )}
    </Panel>
  )
}

function Token({ row, onRevoke }: { readonly row: TokenRow; readonly onRevoke: () => void }) {
  const { label, whose, scopes, stores, lastUsed, expires, isOver } = row
  return (
    <li className={classes.line}>
      <div className={classes.lineMain}>
        <p className={classes.lineName}>
          {label}
          {whose !== '' && <span className={classes.light}>{said.of(whose)}</span>}
          {isOver && <span className={classes.tag}>{said.expired}</span>}
        </p>
        <p>
          {scopes.length === 0 ? said.mayAll : scopes.join('; ')}. {stores}.
        </p>
        <p className={classes.light}>
          {lastUsed}. {expires}.
        </p>
      </div>
      <button type="button" className={classes.secondary} aria-label={said.revokeOne(label)} onClick={onRevoke}>
        {said.revoke}
      </button>
    </li>
  )
}

const LABELS = { label: words.theName, scopes: said.whatItMay, stores: words.theStores, life: said.theEnd }
const ALIASES = { expiresAt: 'life' }
type Asked = {
  readonly label: string
  readonly scopes: readonly Right[]
  /** null: all that one sees. */
  readonly stores: readonly string[] | null
  readonly life: string
}
const NOTHING_ASKED: Asked = { label: '', scopes: [], stores: null, life: TOKEN_LIVES[0].value }

function NewToken({ onMade, onClose }: { readonly onMade: () => unknown; readonly onClose: () => void }) {
  const { rights, stores: ownStores } = useAccount()
  const [made, setMade] = useState<string | null>(null)
  const form = useSentForm({
    from: NOTHING_ASKED,
    labels: LABELS,
    aliases: ALIASES,
    required: ['label'],
    check: (asked): Record<string, string> => (asked.scopes.length === 0 ? { scopes: said.chooseOne } : {}),
    send: ({ label, scopes: given, stores: ofStores, life }) => {
      const expiresAt = expiryOf(life, Date.now())
      return createToken({
        label,
        scopes: [...given],
        ...(ofStores !== null && { stores: [...ofStores] }),
        ...(expiresAt !== undefined && { expiresAt }),
      })
    },
    onDone: ({ token }) => {
      setMade(token)
      void onMade()
    },
    focusIfRefused: 'label',
  })
  const { scopes, stores } = form.values
  if (made !== null) {
    return (
      <Dialog title={said.madeTitle} onClose={onClose}>
        <p>{said.madeWhy}</p>
        <CopyLine lines={[made]} />
        <p className={classes.light}>{said.madeHow}</p>
        <div className={classes.actions}>
          <button type="button" className={classes.secondary} onClick={onClose}>
            {words.iHaveIt}
          </button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={said.make} onClose={onClose}>
      <form className={classes.form} noValidate ref={form.ref} onSubmit={form.onSubmit}>
        <TextField form={form} name="label" label={words.name} hint={said.nameHint} autoComplete="off" data-autofocus />
        <Choices legend={said.itMay} error={form.errorOf('scopes')}>
          {rights.map((right, at) => (
            <ChoiceLine
              key={right}
              type="checkbox"
              name="scope"
              value={right}
              checked={scopes.includes(right)}
              invalid={at === 0 && form.errorOf('scopes') !== undefined}
              onChange={(on) => form.set('scopes', on ? [...scopes, right] : scopes.filter((each) => each !== right))}
            >
              {wordsOfRight(right)} <code className={classes.light}>{right}</code>
            </ChoiceLine>
          ))}
        </Choices>
        <StoreChoice
          legend={said.ofStores}
          rule="either"
          among={ownStores}
          chosen={stores}
          onChange={(chosen) => form.set('stores', chosen)}
          error={form.errorOf('stores')}
        />
        <ChoiceField form={form} name="life" label={said.life} choices={TOKEN_LIVES} />
        <FormEnd form={form} does={said.does}>
          <button type="button" className={classes.quiet} onClick={onClose}>
            {words.cancel}
          </button>
        </FormEnd>
      </form>
    </Dialog>
  )
}
