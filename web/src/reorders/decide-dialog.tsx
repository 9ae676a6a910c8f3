import { Button, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReorderItem } from '#core/api/reorders.ts'
import { newKey } from '../inventory/stock-queries.ts'
import { Dialog } from '../people/dialog.tsx'
import { prepareRefusal } from '../people/prepare-refusal.ts'
import { nameOf } from './prepare-reorders.ts'
import classes from './reorders.module.css'
import { dismiss, snooze } from './requests.ts'
import { words } from './words.ts'

type Props = {
  readonly item: ReorderItem
  readonly what: 'snooze' | 'dismiss'
  readonly onDone: (item: ReorderItem) => void
  readonly onRefused: (error: Error) => void
  readonly onClose: () => void
}

/** Puts a proposal off, or dismisses it: both say why. */
export function DecideDialog({ item, what, onDone, onRefused, onClose }: Props) {
  const said = words.asked[what]
  const [key] = useState(newKey)
  const [refusal, setRefusal] = useState('')
  const form = useForm({
    initialValues: { until: '', reason: '' },
    validate: {
      until: (until) => (what === 'snooze' && until === '' ? words.untilMissing : null),
      reason: (reason) => (reason.trim() === '' ? words.reasonMissing : null),
    },
  })
  const deciding = useMutation({
    mutationFn: ({ until, reason }: { until: string; reason: string }): Promise<ReorderItem> => {
      const asked = { id: item.id, version: item.version, key }
      return what === 'snooze' ? snooze(asked, until, reason.trim()) : dismiss(asked, reason.trim())
    },
    onSuccess: onDone,
    onError: (error) => {
      const { fields, message } = prepareRefusal(error, { until: words.until, reason: words.reason })
      form.setErrors(fields)
      setRefusal(message)
      onRefused(error)
    },
  })
  return (
    <Dialog title={said.title(nameOf(item))} onClose={onClose}>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.onSubmit((values) => {
          setRefusal('')
          if (!deciding.isPending) deciding.mutate(values)
        })}
      >
        <p>{said.about}</p>
        {what === 'snooze' && (
          <TextInput type="date" label={words.until} data-autofocus {...form.getInputProps('until')} />
        )}
        <Textarea
          label={words.reason}
          description={words.reasonHint}
          maxLength={500}
          autosize
          minRows={2}
          {...(what === 'dismiss' && { 'data-autofocus': true })}
          {...form.getInputProps('reason')}
        />
        {refusal !== '' && (
          <p className={classes.fault} role="alert">
            {refusal}
          </p>
        )}
        <div className={classes.actions}>
          <Button type="submit" className={classes.primary!} loading={deciding.isPending}>
            {said.does}
          </Button>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
