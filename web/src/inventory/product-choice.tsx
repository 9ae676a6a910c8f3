import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { productsQuery } from './stock-queries.ts'
import { words } from './words.ts'

const TYPING_MS = 200

type Props = {
  readonly productId: string | undefined
  /** What it is called, where that is known. */
  readonly product: string | undefined
  readonly onChoose: (productId: string | undefined) => void
}

/** A product, found by its words in the engine's catalogue; one that nobody has listed by its whole id. */
export function ProductChoice({ productId, product, onChoose }: Props) {
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed, TYPING_MS)
  const { data } = useInfiniteQuery({ ...productsQuery(asked.trim()), enabled: asked.trim() !== '' })
  const found = (asked.trim() === '' ? [] : (data?.pages.flatMap(({ items }) => items) ?? [])).map((item) => ({
    value: item.productId,
    label: item.title === item.productId ? item.title : `${item.title} · ${item.productId}`,
  }))
  const own = productId === undefined ? [] : [{ value: productId, label: product ?? productId }]
  const byId =
    typed.trim() === '' || typed === (product ?? productId) ? [] : [{ value: typed.trim(), label: typed.trim() }]
  const options = [...own, ...found, ...byId]
  return (
    <Select
      label={words.productFilter}
      placeholder={words.productHint}
      data={options.filter(({ value }, i) => options.findIndex((one) => one.value === value) === i)}
      value={productId ?? null}
      searchable
      clearable
      filter={({ options: all }) => all}
      onSearchChange={setTyped}
      onChange={(next) => onChoose(next ?? undefined)}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      maxDropdownHeight={320}
    />
  )
}
