import { Button, NumberInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReorderItem } from '#core/api/reorders.ts'
import { newKey } from '../inventory/stock-queries.ts'
import { prepareRefusal } from '../people/prepare-refusal.ts'
import { costText } from './prepare-reorders.ts'
import classes from './reorders.module.css'
import { accept } from './requests.ts'
import { words } from './words.ts'

type Props = {
  readonly item: ReorderItem
  readonly onDone: (item: ReorderItem) => void
  readonly onRefused: (error: Error) => void
}

/** Orders it, as many as are proposed or as somebody knows better. */
export function AcceptForm({ item, onDone, onRefused }: Props) {
  const [key, setKey] = useState(newKey)
  const [refusal, setRefusal] = useState('')
  const form = useForm<{ quantity: number | string }>({
    initialValues: { quantity: item.quantity },
    validate: { quantity: (quantity) => (isWhole(quantity) ? null : words.quantityMissing) },
    onValuesChange: () => setKey(newKey()),
  })
  const { quantity } = form.values
  const ordering = useMutation({
    mutationFn: (units: number) => accept({ id: item.id, version: item.version, key }, units),
    onSuccess: (answer) => onDone(answer.item),
    onError: (error) => {
      const { fields, message } = prepareRefusal(error, { quantity: words.quantity })
      form.setErrors(fields)
      setRefusal(message)
      onRefused(error)
    },
  })
  return (
    <form
      className={classes.accept}
      noValidate
      onSubmit={form.onSubmit((good) => {
        setRefusal('')
        if (!ordering.isPending) ordering.mutate(Number(good.quantity))
      })}
    >
      <NumberInput
        label={words.quantity}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=","
        description={
          item.unitCostMinor !== null && isWhole(quantity)
            ? words.costOf(costText(item.unitCostMinor * Number(quantity), item.currency))
            : undefined
        }
        {...form.getInputProps('quantity')}
      />
      <Button type="submit" className={classes.primary!} loading={ordering.isPending}>
        {words.accept}
      </Button>
      {refusal !== '' && (
        <p className={classes.fault} role="alert">
          {refusal}
        </p>
      )}
    </form>
  )
}

const isWhole = (quantity: number | string): boolean =>
  quantity !== '' && Number.isInteger(Number(quantity)) && Number(quantity) >= 1
