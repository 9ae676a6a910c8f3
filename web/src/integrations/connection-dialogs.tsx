import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ConnectionItem } from '#core/api/connections.ts'
import { Dialog } from '../people/dialog.tsx'
import { ChoiceField, FormEnd, PasswordField, TextField } from '../people/fields.tsx'
import form from '../people/people.module.css'
import { useSentForm } from '../people/use-sent-form.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { SecretOnce } from './guide.tsx'
import { changeConnection, connectionsQuery, rotateSecret } from './requests.ts'
import { guideOf, words } from './words.ts'

type Props = { readonly item: ConnectionItem; readonly onClose: () => void }

const LABELS = { ...words.labels, rate: words.rateLabel, overlapHours: words.overlap }

/** Another label, store or rate; what somebody else changed meanwhile is not overwritten. */
export function ChangeDialog({ item, onClose }: Props) {
  const client = useQueryClient()
  const { id, label, storeId, ratePerSecond, proof } = item
  const [version, setVersion] = useState(item.version)
  const lookAgain = () => client.invalidateQueries({ queryKey: connectionsQuery.queryKey })
  const change = useSentForm({
    from: { label, storeId: storeId ?? '', rate: String(ratePerSecond) },
    labels: LABELS,
    aliases: { ratePerSecond: 'rate' },
    required: ['label'],
    send: async ({ rate, ...given }) => {
      try {
        return await changeConnection(id, {
          label: given.label,
          storeId: given.storeId === '' ? null : given.storeId,
          ...(rate !== '' && Number(rate) !== ratePerSecond && { ratePerSecond: Number(rate) }),
          version,
        })
      } catch (error) {
        const present =
          error instanceof RefusedError ? (error.present as Partial<ConnectionItem> | undefined) : undefined
        if (present?.version !== undefined) {
          setVersion(present.version)
          void lookAgain()
        }
        throw error
      }
    },
    onDone: async () => {
      await lookAgain()
      onClose()
    },
  })
  const isOther = change.error instanceof RefusedError && change.error.present !== undefined
  return (
    <Dialog title={words.editTitle} onClose={onClose}>
      <form ref={change.ref} className={form.form} onSubmit={change.onSubmit} noValidate>
        <TextField form={change} name="label" label={words.label} autoComplete="off" />
        <TextField
          form={change}
          name="storeId"
          label={words.storeLabel}
          hint={`${guideOf(item.source)?.storeHint ?? ''} ${words.storeMoves}`.trim()}
          autoComplete="off"
        />
        {proof !== 'none' && (
          <TextField
            form={change}
            name="rate"
            label={words.rateLabel}
            hint={words.rateHint}
            inputMode="numeric"
            autoComplete="off"
          />
        )}
        {isOther && <p className={form.conflict}>{words.changedMeanwhile}</p>}
        <FormEnd form={change} does={words.save} />
      </form>
    </Dialog>
  )
}

/** A new secret; the old one counts for a while. */
export function RotateDialog({ item, onClose }: Props) {
  const client = useQueryClient()
  const key = useRef(crypto.randomUUID())
  const [made, setMade] = useState<{ readonly secret: string | null } | null>(null)
  const guide = guideOf(item.source)
  const isGiven = guide?.secretFrom === 'source'
  const rotate = useSentForm({
    from: { overlapHours: '24', secret: '' },
    labels: LABELS,
    required: isGiven ? ['secret'] : [],
    send: async ({ overlapHours, secret }) => {
      const asked = { overlapHours: Number(overlapHours), ...(secret !== '' && { secret }) }
      try {
        const answer = await rotateSecret(item.id, asked, key.current)
        return { secret: secret === '' ? answer.secret : null }
      } catch (error) {
        key.current = crypto.randomUUID()
        throw error
      }
    },
    onDone: (answer) => {
      setMade(answer)
      void client.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    },
  })
  return (
    <Dialog title={words.rotateTitle} onClose={onClose}>
      {made === null ? (
        <form ref={rotate.ref} className={form.form} onSubmit={rotate.onSubmit} noValidate>
          <ChoiceField
            form={rotate}
            name="overlapHours"
            label={words.overlap}
            hint={words.rotateWhy}
            choices={words.overlaps.map(([value, name]) => ({ value, name }))}
          />
          <PasswordField
            form={rotate}
            name="secret"
            label={isGiven ? words.secretLabel : words.secretLabelOptional}
            hint={guide?.secretHint}
            autoComplete="off"
          />
          <FormEnd form={rotate} does={isGiven ? words.rotateTake : words.rotateDo} />
        </form>
      ) : (
        <>
          <p role="status">{words.rotated}</p>
          <SecretOnce secret={made.secret} onKept={onClose} />
        </>
      )}
    </Dialog>
  )
}
