import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { formatNumber } from '../format/format-number.ts'
import { DoneIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { prepareRefusal } from '../people/prepare-refusal.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { type Outcome, type PreviewLine, preparePreview } from './prepare-preview.ts'
import { shownValue, type Threshold, type ThresholdRow, valueIn } from './prepare-thresholds.ts'
import { thresholdWords as words } from './threshold-words.ts'
import classes from './thresholds.module.css'
import { saveThreshold, type ThresholdChange, useLookAgain, usePreview } from './use-thresholds.ts'

type Props = { readonly row: ThresholdRow; readonly threshold: Threshold; readonly onClose: () => void }

const SETTLED_MS = 350

/** One threshold, and what another value of it would do, before it is saved. */
export function ThresholdEditor({ row, threshold, onClose }: Props) {
  const { name, own, otherwise, from } = threshold
  const [text, setText] = useState(String(shownValue(threshold, threshold.value)))
  // What they saw when they began, or when somebody else was faster.
  const [before, setBefore] = useState(own)
  const lookAgain = useLookAgain()
  const value = valueIn(text, name)
  const { mutate, error, isPending, isSuccess, reset } = useMutation({
    mutationFn: (next: number | undefined) =>
      saveThreshold({ ...row.scope, name, ...(next !== undefined && { value: next }) }, before),
    onSuccess: (_answer, next) => {
      setBefore(next ?? null)
      if (next === undefined) setText(String(shownValue(threshold, otherwise)))
      lookAgain()
    },
    onError: (refused) => {
      if (refused instanceof RefusedError && refused.present !== undefined) {
        const present = refused.present.value
        setBefore(typeof present === 'number' ? present : null)
        lookAgain()
      }
    },
  })
  const isConflict = error instanceof RefusedError && error.status === 409
  const refusal = error === null || isConflict ? null : prepareRefusal(error, { value: words.days })
  const said = (number: number) => words.value(name, formatNumber(shownValue(threshold, number)), number)
  const wrong = value === undefined ? (name === 'alertHysteresis' ? words.noPerCent : words.noDays) : undefined
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (value !== undefined) mutate(value)
    else field.current?.focus()
  }
  return (
    <Panel
      id="threshold"
      title={words.editorTitle(words.names[name], row.name === '' ? words.merchant : row.name)}
      className={classes.editor}
      actions={
        <button type="button" className={classes.quiet} onClick={onClose}>
          {words.cancel}
        </button>
      }
    >
      <form className={classes.form} noValidate onSubmit={send}>
        <TextInput
          ref={field}
          label={name === 'alertHysteresis' ? words.perCent : words.days}
          description={words.now(said(threshold.value), own === null ? words.from(from) : '')}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          error={wrong ?? refusal?.fields.value}
          onChange={(event) => {
            setText(event.currentTarget.value)
            if (isSuccess || error !== null) reset()
          }}
          className={classes.field}
        />
        {isConflict && (
          <p className={classes.conflict} role="alert">
            {words.conflict(said(before ?? otherwise))}
          </p>
        )}
        {refusal !== null && refusal.message !== '' && (
          <p className={classes.bad} role="alert">
            {refusal.message}
          </p>
        )}
        <div className={classes.actions}>
          <button type="submit" className={classes.primary} disabled={isPending || value === undefined}>
            {words.save}
          </button>
          {own !== null && (
            <button type="button" className={classes.button} disabled={isPending} onClick={() => mutate(undefined)}>
              {words.takeBack(said(otherwise))}
            </button>
          )}
          <span role="status" className={classes.saved}>
            {isSuccess && (
              <>
                <DoneIcon /> {words.saved}
              </>
            )}
          </span>
        </div>
      </form>
      <Preview row={row} threshold={threshold} value={value} />
    </Panel>
  )
}

type PreviewProps = { readonly row: ThresholdRow; readonly threshold: Threshold; readonly value: number | undefined }

function Preview({ row, threshold, value }: PreviewProps) {
  const [settled] = useDebouncedValue(value, SETTLED_MS)
  const { name } = threshold
  const isOther = settled !== undefined && settled !== threshold.value
  const change: ThresholdChange | undefined = isOther ? { ...row.scope, name, value: settled } : undefined
  const { data, error, isFetchingNextPage, hasNextPage, fetchNextPage } = usePreview(change)
  const preview = useMemo(() => data && preparePreview(data.pages), [data])
  return (
    <section className={classes.preview} aria-label={words.preview} aria-busy={isFetchingNextPage}>
      <h3>{words.preview}</h3>
      {change === undefined ? (
        <p className={classes.light}>{words.previewNothing}</p>
      ) : preview === undefined ? (
        <p className={classes.light} role={error === null ? 'status' : 'alert'}>
          {error === null ? words.looking : words.previewFails(error.message)}
        </p>
      ) : (
        <>
          <div role="status">
            {preview.outcomes.length === 0 && <p>{preview.looked === 0 ? words.noneOfScope : words.previewSame}</p>}
            {preview.outcomes.map((outcome) => (
              <OutcomeLine key={outcome.does} {...outcome} />
            ))}
          </div>
          <p className={classes.light}>
            {words.looked(preview.looked, formatNumber(preview.looked), preview.isPart)} {words.follows}
          </p>
          {hasNextPage && (
            <button
              type="button"
              className={classes.button}
              disabled={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {isFetchingNextPage ? words.looking : words.goOn}
            </button>
          )}
        </>
      )}
    </section>
  )
}

type OutcomeProps = { readonly does: Outcome; readonly count: number; readonly first: readonly PreviewLine[] }

const OutcomeLine = ({ does, count, first }: OutcomeProps) => (
  <details className={classes.outcome} data-worse={does === 'opens' || does === 'worsens' || undefined}>
    <summary>{words.outcome(does, count, formatNumber(count))}</summary>
    {first.length < count && (
      <p className={classes.light}>{words.named(formatNumber(first.length), formatNumber(count))}</p>
    )}
    <ul className={classes.lines}>
      {first.map(({ key, name, store, sum }) => (
        <li key={key}>
          <strong>{name}</strong>, {store}: {sum}
        </li>
      ))}
    </ul>
  </details>
)
