import { NativeSelect, NumberInput, SegmentedControl, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { StockChange } from '#core/api/stock-changes.ts'
import { formatNumber } from '../format/format-number.ts'
import { WarningIcon } from '../icons.tsx'
import { Dialog } from '../people/dialog.tsx'
import { prepareRefusal } from '../people/prepare-refusal.ts'
import classes from './inventory.module.css'
import {
  CHANGE_KINDS,
  type ChangeForm,
  type ChangeKind,
  changeOf,
  levelAfter,
  problemsOf,
  REASONS,
  usualReason,
} from './prepare-change.ts'
import { changeStock, newKey, productStockQuery } from './stock-queries.ts'
import { words } from './words.ts'

/** What the dialog is about. */
export type ToChange = {
  readonly productId: string
  readonly product: string
  /** undefined: it is chosen in the dialog. */
  readonly storeId?: string | undefined
}
export type Changed = {
  readonly change: StockChange
  readonly eventId: string
  readonly before: number | null
  readonly after: number
}

type Props = {
  readonly about: ToChange
  readonly storeNames: ReadonlyMap<string, string>
  readonly onClose: () => void
  readonly onDone: (changed: Changed) => void
}

const FIELDS = { storeId: words.store, amount: 'It', reason: words.reason, note: words.note }
const ALIASES = { quantity: 'amount', level: 'amount' }

/** Goods came in, were counted or moved: one event, with a reason and the level that follows. */
export function ChangeDialog({ about, storeNames, onClose, onDone }: Props) {
  const { productId } = about
  const { data: stock } = useQuery(productStockQuery(productId))
  const form = useForm<ChangeForm>({
    initialValues: {
      type: 'stock.received',
      storeId: about.storeId ?? '',
      productId,
      amount: '',
      reason: usualReason('stock.received'),
      note: '',
    },
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values)).map(([field, problem]) => [field, words.problems[problem]]),
      ),
  })
  const { values } = form
  const sent = useRef({ text: '', key: '' })
  const [refusal, setRefusal] = useState('')
  const { mutate, isPending } = useMutation({
    mutationFn: (change: StockChange) => {
      // Sent again because no answer came, it is the same; another change is another.
      const text = JSON.stringify(change)
      if (sent.current.text !== text) sent.current = { text, key: newKey() }
      return changeStock(change, sent.current.key)
    },
    onSuccess: ({ eventIds, before, after }, change) => onDone({ change, eventId: eventIds[0] ?? '', before, after }),
    onError: (error) => {
      const { fields, message } = prepareRefusal(error, FIELDS, ALIASES)
      form.setErrors(fields)
      setRefusal(message)
    },
  })
  const send = form.onSubmit(
    (good) => {
      const change = changeOf(good)
      setRefusal('')
      if (change !== undefined && !isPending) mutate(change)
    },
    (errors) => {
      const [first] = Object.keys(errors)
      if (first !== undefined) form.getInputNode(first)?.focus()
    },
  )
  const choose = (type: ChangeKind) => {
    form.setFieldValue('type', type)
    form.setFieldValue('reason', usualReason(type))
    form.clearErrors()
  }
  const stores = useStoreChoices(storeNames, stock?.items ?? [])
  const known = stock?.items.find(({ storeId }) => storeId === values.storeId)
  const amountField = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    if (about.storeId !== undefined) amountField.current?.focus()
  }, [])
  return (
    <Dialog title={words.dialogTitle(about.product)} onClose={onClose}>
      <form className={classes.form} onSubmit={send} noValidate>
        <div>
          <SegmentedControl
            fullWidth
            aria-label={words.kind}
            value={values.type}
            onChange={(type) => choose(type as ChangeKind)}
            data={CHANGE_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
            transitionDuration={0}
          />
          <p className={classes.hint}>{words.kindMeanings[values.type]}</p>
        </div>
        <NativeSelect
          label={words.store}
          data={[{ value: '', label: words.chooseStore }, ...stores]}
          {...form.getInputProps('storeId')}
        />
        <div className={classes.pair}>
          <NumberInput
            ref={amountField}
            label={words.amounts[values.type]}
            allowDecimal={false}
            allowNegative={values.type === 'stock.adjusted'}
            thousandSeparator=","
            {...form.getInputProps('amount')}
          />
          <NativeSelect
            label={words.reason}
            data={REASONS[values.type].map((value) => ({ value, label: words.reasons[value] }))}
            {...form.getInputProps('reason')}
          />
        </div>
        <Textarea
          label={words.note}
          description={words.noteHint}
          autosize
          minRows={2}
          {...form.getInputProps('note')}
        />
        <Preview form={values} onHand={known?.onHand} />
        <div role="alert" className={classes.refusal} hidden={refusal === ''}>
          {refusal !== '' && (
            <>
              <WarningIcon size={16} />
              <p>{refusal}</p>
            </>
          )}
        </div>
        <div className={classes.formEnd}>
          <button type="submit" className={classes.primary} disabled={isPending}>
            {words.save}
          </button>
          <button type="button" className={classes.secondary} onClick={onClose}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** Stores by name; one with stock that nobody has listed is among them. */
function useStoreChoices(names: ReadonlyMap<string, string>, items: readonly { readonly storeId: string }[]) {
  return useMemo(() => {
    const all = new Map([...items.map(({ storeId }): [string, string] => [storeId, storeId]), ...names])
    return [...all]
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label) || (a.value < b.value ? -1 : 1))
  }, [names, items])
}

function Preview({ form, onHand }: { readonly form: ChangeForm; readonly onHand: number | undefined }) {
  const after = levelAfter(form, onHand)
  const before = onHand === undefined ? words.previewUnknown : formatNumber(onHand)
  return (
    <div className={classes.preview}>
      <p>{words.previewTitle}</p>
      <output className={classes.level}>
        {after === null ? words.previewNow(before) : words.preview(before, formatNumber(after))}
      </output>
      <p className={classes.hint}>{after !== null && after < 0 ? words.belowZero : words.previewWhy}</p>
    </div>
  )
}
